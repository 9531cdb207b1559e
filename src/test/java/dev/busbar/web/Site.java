package dev.busbar.web;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;

/** A web server for browsers, and the embedded broker behind it. */
final class Site implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final Hub hub;
    final WebServer server;

    /** @param web the keys of {@code web}, indented by two */
    Site(String web) {
        var config = ConfigLoader.parse("broker: {embedded: {port: 0}}\nweb:\n  port: 0\n" + web, "test")
                .orThrow();
        hub = Hub.open(vertx, config).await();
        server = WebServer.start(vertx, config.web(), hub).await();
    }

    BrowserClient raw() {
        return BrowserClient.raw(vertx, server.url(), MultiMap.caseInsensitiveMultiMap());
    }

    BrowserClient sockjs() {
        return BrowserClient.sockjs(vertx, server.url(), MultiMap.caseInsensitiveMultiMap());
    }

    BrowserClient as(String authorization) {
        return BrowserClient.raw(
                vertx, server.url(), MultiMap.caseInsensitiveMultiMap().add("Authorization", authorization));
    }

    @Override
    public void close() {
        server.close().await();
        hub.close().await();
        vertx.close().await();
    }
}
