package dev.busbar.route;

import static dev.busbar.testing.broker.Await.done;

import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What the user guide says of a broker where AMQP 1.0 declares nothing: the configuration is run once over AMQP 0-9-1,
 * which declares what it needs; and queues that nobody names are removed by a policy of the broker.
 */
public final class Predeclared {

    private Predeclared() {}

    /** What to deploy for this configuration; it has an exchange, by its name or as an object. */
    public static JsonObject of(Vertx vertx, BrokerUnderTest broker, JsonObject config) {
        if (broker.abilities().contains(Ability.DECLARING) || broker.hasAddressesOnly()) {
            return config;
        }
        var once = new DeploymentOptions().setConfig(over091(config, broker.uri091()));
        done(vertx.deployVerticle(BridgeVerticle.class, once).compose(vertx::undeploy));
        try (var admin = broker.admin()) {
            // Outbound routes that cannot start have not declared it.
            var exchange = config.getValue("exchange") instanceof JsonObject object
                    ? object.getString("name")
                    : config.getString("exchange");
            admin.declareExchange(exchange, "topic");
        }
        return relyingOnAPolicy(config);
    }

    /** Everything in it stays when it stops. */
    private static JsonObject over091(JsonObject config, String uri) {
        var once = config.copy();
        once.getJsonObject("broker").put("uri", uri);
        for (var from : inbound(once)) {
            var queue = from.getJsonObject("queue");
            if (queue != null && queue.containsKey("name")) {
                queue.put("life", "persistent");
            }
        }
        return once;
    }

    private static JsonObject relyingOnAPolicy(JsonObject config) {
        var then = config.copy();
        for (var from : inbound(then)) {
            if (!from.containsKey("queue")) {
                from.put("queue", new JsonObject().put("arguments", new JsonObject().put("x-expires", 10_000)));
            }
        }
        return then;
    }

    private static List<JsonObject> inbound(JsonObject config) {
        return config.getJsonArray("routes").stream()
                .map(JsonObject.class::cast)
                .map(route -> route.getJsonObject("from"))
                .filter(from -> from.containsKey("filter"))
                .toList();
    }
}
