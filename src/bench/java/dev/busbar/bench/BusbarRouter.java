package dev.busbar.bench;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.wamp.WampServer;
import dev.busbar.web.Mount;
import dev.busbar.web.WebServer;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;

/** Busbar's WAMP router, as in {@code conf/buildbot.yaml}. */
final class BusbarRouter implements Wamp {

    @Override
    public int start(Vertx vertx, String uri, String exchange) {
        var config = ConfigLoader.parse("""
                        broker: {uri: "%s"}
                        exchange: {name: %s}
                        datetimes: epoch
                        subscriptions: {producing: {messages: 100000, bytes: 256MiB, timeout: 1h}}
                        web: {port: 0, roles: {masters: {listen: ["mq:#"], produce: ["mq:#"]}}}
                        wamp:
                          enabled: true
                          anonymous: masters
                          limits: {sessions: 10000, pingTimeout: 10m}
                        """.formatted(uri, exchange), "bench").orThrow();
        var hub = Hub.open(vertx, config).await();
        var wamp = WampServer.start(vertx, config, hub).await();
        var longest = config.wamp().limits().messageBytes();
        var mount = new Mount(PATH, SUBPROTOCOL, longest, wamp::handler);
        var server = WebServer.start(vertx, config.web(), hub, List.of(mount)).await();
        return URI.create(server.url()).getPort();
    }
}
