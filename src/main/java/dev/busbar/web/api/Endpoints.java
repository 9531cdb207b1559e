package dev.busbar.web.api;

import static dev.busbar.web.api.RequiredPermission.DEAD_LETTERS;
import static dev.busbar.web.api.RequiredPermission.NOTHING;
import static dev.busbar.web.api.RequiredPermission.OBSERVE;

import dev.busbar.config.WebConfig;
import dev.busbar.hub.Hub;
import dev.busbar.web.sockjs.Browsers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** Lists all operations of the API. */
final class Endpoints {

    private Endpoints() {}

    static List<Endpoint> of(Hub hub, WebConfig config, Browsers browsers) {
        var routes = new RoutesView(hub);
        var messages = new Messages(hub);
        var deadLetters = new DeadLettersView(hub);
        return List.of(
                Endpoint.get("/me", NOTHING, call -> Future.succeededFuture(me(call, config))),
                Endpoint.get("/node", OBSERVE, call -> Future.succeededFuture(NodeView.json())),
                Endpoint.get("/cluster", OBSERVE, call -> NodeView.cluster(hub.vertx())),
                Endpoint.get("/broker", OBSERVE, call -> BrokerView.json(hub)),
                Endpoint.get("/routes", OBSERVE, call -> routes.all()),
                Endpoint.get("/routes/{name}", OBSERVE, call -> routes.one(call.path("name"))),
                Endpoint.get("/subscriptions", OBSERVE, call -> SubscriptionsView.json(hub, browsers)),
                Endpoint.post("/messages", NOTHING, messages::publish),
                Endpoint.get("/dead-letters", DEAD_LETTERS, call -> deadLetters.list()),
                Endpoint.get("/dead-letters/{queue}", DEAD_LETTERS, deadLetters::look),
                Endpoint.post("/dead-letters/{queue}/requeue", DEAD_LETTERS, deadLetters::requeue),
                Endpoint.post("/dead-letters/{queue}/discard", DEAD_LETTERS, deadLetters::discard));
    }

    private static JsonObject me(Call call, WebConfig config) {
        var identity = call.identity();
        var permissions = identity.permissions();
        var schemes = new JsonArray();
        if (config.auth().jwt() != null) {
            schemes.add("bearer");
        }
        if (config.auth().htpasswd() != null) {
            schemes.add("basic");
        }
        return new JsonObject()
                .put("name", identity.name())
                .put("expires", text(identity.expires()))
                .put("signIn", schemes)
                .put("listen", new JsonArray(permissions.listening()))
                .put("produce", new JsonArray(permissions.producing()))
                .put("observe", permissions.mayObserve())
                .put("deadLetters", permissions.mayHandleDeadLetters());
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
