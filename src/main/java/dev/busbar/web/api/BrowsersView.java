package dev.busbar.web.api;

import dev.busbar.web.sockjs.BrowserStatus;
import dev.busbar.web.sockjs.Browsers;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Describes the browsers connected to this node as JSON. */
final class BrowsersView {

    private static final int MAX_LISTED_BROWSERS = 200;
    private static final int MAX_ADDRESSES_OF_BROWSER = 20;

    private BrowsersView() {}

    static Future<JsonObject> json(Browsers browsers) {
        return browsers.oldest(MAX_LISTED_BROWSERS).map(oldest -> {
            var counts = browsers.counts();
            var listed = new JsonArray();
            oldest.forEach(browser -> listed.add(json(browser)));
            return new JsonObject()
                    .put("sockets", counts.sockets())
                    .put("refused", counts.refused())
                    .put("dropped", counts.dropped())
                    .put("tooSlow", counts.tooSlow())
                    .put("oldest", listed);
        });
    }

    private static JsonObject json(BrowserStatus browser) {
        return new JsonObject()
                .put("name", browser.name())
                .put("remote", browser.remote())
                .put("origin", browser.origin())
                .put("transport", browser.transport())
                .put("since", browser.since().toString())
                .put("listening", browser.addresses().size())
                .put(
                        "addresses",
                        new JsonArray(browser.addresses().stream()
                                .limit(MAX_ADDRESSES_OF_BROWSER)
                                .toList()))
                .put("queuedMessages", browser.queuedMessages())
                .put("queuedBytes", browser.queuedBytes())
                .put("dropped", browser.dropped());
    }
}
