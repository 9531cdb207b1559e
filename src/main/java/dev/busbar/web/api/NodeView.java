package dev.busbar.web.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/** This process, and those it works with. */
final class NodeView {

    private NodeView() {}

    static JsonObject json() {
        var runtime = Runtime.getRuntime();
        var started = ManagementFactory.getRuntimeMXBean().getStartTime();
        return new JsonObject()
                .put("version", NodeView.class.getPackage().getImplementationVersion())
                .put("java", System.getProperty("java.version"))
                .put("started", Instant.ofEpochMilli(started).toString())
                .put("processors", runtime.availableProcessors())
                .put("heapUsedBytes", runtime.totalMemory() - runtime.freeMemory())
                .put("heapMaxBytes", runtime.maxMemory());
    }

    /** There are no clusters yet. */
    static JsonObject cluster() {
        var self = new JsonObject().put("name", "this node").put("self", true);
        return new JsonObject().put("clustered", false).put("members", new JsonArray().add(self));
    }
}
