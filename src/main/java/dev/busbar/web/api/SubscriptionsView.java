package dev.busbar.web.api;

import dev.busbar.hub.FilterStatus;
import dev.busbar.hub.Hub;
import dev.busbar.web.sockjs.Browsers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;

/** Describes the subscriptions made at run time on this node, and the connected browsers, as JSON. */
final class SubscriptionsView {

    private SubscriptionsView() {}

    static Future<JsonObject> json(Hub hub, Browsers browsers) {
        var filters = new JsonArray();
        hub.filters().stream()
                .sorted(Comparator.comparing(status -> status.filter().toString()))
                .forEach(status -> filters.add(json(status)));
        return BrowsersView.json(browsers)
                .map(connected -> new JsonObject().put("subscriptions", filters).put("browsers", connected));
    }

    private static JsonObject json(FilterStatus status) {
        return new JsonObject()
                .put("filter", status.filter().toString())
                .put("listeners", status.listeners())
                .put("bound", status.bound())
                .put("since", status.since().toString())
                .put("received", status.received())
                .put("delivered", status.delivered())
                .put("dropped", status.dropped())
                .put("failed", status.failed())
                .put("kept", status.kept());
    }
}
