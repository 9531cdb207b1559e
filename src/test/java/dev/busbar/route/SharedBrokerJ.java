package dev.busbar.route;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.ConfigLoader;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** One embedded broker for all tests of this JVM, started with the first that asks, stopped with the JVM. */
final class SharedBrokerJ {

    private static final EmbeddedBroker BROKER = start();

    private SharedBrokerJ() {}

    static String uri() {
        return BROKER.uri();
    }

    private static EmbeddedBroker start() {
        var vertx = Vertx.vertx();
        var config = ConfigLoader.fromJson(new JsonObject()
                .put("broker", new JsonObject().put("embedded", new JsonObject().put("port", 0))));
        var broker =
                RouteScenario.get(EmbeddedBroker.start(vertx, config.broker().embedded()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            RouteScenario.get(broker.stop());
            RouteScenario.get(vertx.close());
        }));
        return broker;
    }
}
