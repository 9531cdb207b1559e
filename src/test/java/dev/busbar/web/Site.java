package dev.busbar.web;

import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;

/** Busbar's HTTP port, with the embedded broker. */
final class Site implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final Hub hub;
    private final String web;
    WebServer server;
    /** Referenced here, because an unreferenced client closes its sockets. */
    private final WebSocketClient sockets = vertx.createWebSocketClient(BrowserClient.OPTIONS);

    /** @param web the keys of {@code web}, indented by two spaces */
    Site(String web) {
        this.web = web;
        hub = Hub.open(vertx, config(0)).await();
        server = WebServer.start(vertx, config(0).web(), hub).await();
    }

    private BusbarConfig config(int port) {
        return ConfigLoader.parse("broker: {embedded: {port: 0}}\nweb:\n  port: " + port + "\n" + web, "test")
                .orThrow();
    }

    /** Starts the server again at the same port. */
    void restart() {
        server.close().await();
        server = WebServer.start(
                        vertx, config(URI.create(server.url()).getPort()).web(), hub)
                .await();
    }

    BrowserClient raw() {
        return BrowserClient.raw(sockets, server.url(), MultiMap.caseInsensitiveMultiMap());
    }

    BrowserClient sockjs() {
        return BrowserClient.sockjs(sockets, server.url(), MultiMap.caseInsensitiveMultiMap());
    }

    BrowserClient as(String authorization) {
        return BrowserClient.raw(
                sockets, server.url(), MultiMap.caseInsensitiveMultiMap().add("Authorization", authorization));
    }

    @Override
    public void close() {
        server.close().await();
        hub.close().await();
        vertx.close().await();
    }
}
