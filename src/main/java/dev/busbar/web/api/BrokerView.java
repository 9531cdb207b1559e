package dev.busbar.web.api;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.ConnectionState;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.BusbarConfig;
import dev.busbar.hub.Hub;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Describes the broker as JSON: its addresses, the hub's two connections to it, and the hub's counts. */
final class BrokerView {

    private BrokerView() {}

    static Future<JsonObject> json(Hub hub) {
        return hub.withConnections(connections -> Future.succeededFuture(new JsonObject()
                        .put("consuming", json(connections.consuming()))
                        .put("publishing", json(connections.publishing()))))
                .map(connections -> describe(hub, connections))
                .recover(closing -> Future.failedFuture(ApiException.of(503, "this node is being stopped")));
    }

    private static JsonObject describe(Hub hub, JsonObject connections) {
        var config = hub.config();
        var uris = new JsonArray(
                config.broker().uris().stream().map(BrokerUri::toString).toList());
        var amqp10 = config.broker().uris().stream().allMatch(BrokerUri::isAmqp10);
        return new JsonObject()
                .put("uris", uris)
                .put("embedded", config.broker().isEmbedded())
                .put("protocol", amqp10 ? "AMQP 1.0" : "AMQP 0-9-1")
                .put("exchange", config.exchange().name())
                .put("others", others(config))
                .put("connections", connections)
                .put("hub", hub(hub));
    }

    /** Returns the URIs of the brokers that only routes use, by the brokers' names. */
    private static JsonObject others(BusbarConfig config) {
        var others = new JsonObject();
        config.brokers()
                .forEach((name, broker) -> others.put(
                        name,
                        new JsonArray(
                                broker.uris().stream().map(BrokerUri::toString).toList())));
        return others;
    }

    private static JsonObject hub(Hub hub) {
        var status = hub.status();
        return new JsonObject()
                .put("consuming", status.consuming())
                .put("since", status.since().toString())
                .put("obstacle", status.obstacle())
                .put("received", status.received())
                .put("unreadable", status.unreadable())
                .put("interruptions", status.interruptions())
                .put("produced", status.produced())
                .put("confirmed", status.confirmed())
                .put("failed", status.failed())
                .put("waiting", status.waiting());
    }

    private static JsonObject json(BrokerConnection connection) {
        var state = connection.state();
        var why = state instanceof ConnectionState.Waiting waiting
                ? waiting.cause().getMessage()
                : connection.blocked();
        return new JsonObject()
                .put("state", state.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .put("obstacle", why);
    }
}
