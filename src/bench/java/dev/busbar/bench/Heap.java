package dev.busbar.bench;

import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;

/** What is reachable. */
final class Heap {

    private Heap() {}

    static JsonObject afterCollection() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return new JsonObject()
                .put("heap", memory.getHeapMemoryUsage().getUsed() / 1024.0 / 1024)
                .put("threads", ThreadKinds.describe());
    }
}
