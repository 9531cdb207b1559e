package dev.busbar.bench;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.web.WebServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;

/** Busbar's HTTP port, and its hub, as a user gets them by default. */
final class BusbarBridge implements SocketServer.Bridge {

    @Override
    public List<String> greeting() {
        return List.of(new JsonObject()
                .put("type", "register")
                .put("address", "mq:bench.#")
                .encode());
    }

    @Override
    public int start(Vertx vertx, String uri, String exchange) {
        var config = ConfigLoader.parse("""
                        broker: {uri: "%s"}
                        exchange: {name: %s}
                        web:
                          port: 0
                          anonymous: guests
                          roles: {guests: {listen: ["mq:bench.#"]}}
                          limits: {pingTimeout: 10m}
                        """.formatted(uri, exchange), "bench").orThrow();
        var hub = Hub.open(vertx, config).await();
        var server = WebServer.start(vertx, config.web(), hub).await();
        return URI.create(server.url()).getPort();
    }
}
