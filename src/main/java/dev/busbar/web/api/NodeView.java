package dev.busbar.web.api;

import dev.busbar.cluster.Membership;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/** Describes this process, and the members of its cluster, as JSON. */
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

    /** Asks each member for its state. A node on which no routes run is no member, and lists none. */
    static Future<JsonObject> cluster(Vertx vertx) {
        var membership = Membership.of(vertx);
        return membership != null
                ? membership.view()
                : Future.succeededFuture(new JsonObject()
                        .put("clustered", vertx.isClustered())
                        .put("members", new JsonArray())
                        .put("gone", new JsonArray()));
    }
}
