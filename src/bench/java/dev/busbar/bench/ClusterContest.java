package dev.busbar.bench;

import dev.busbar.testing.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Nodes of one cluster, each a JVM: what all of them handle together, and what it costs all of them. */
final class ClusterContest {

    private static final int LOOK_MILLIS = 20;

    /** What all nodes have done up to a moment. */
    private record Mark(long nanos, long handled, long cpuNanos) {

        static Mark of(List<ClusterContestant.Handle> nodes) throws IOException {
            var handled = 0L;
            var cpu = 0L;
            for (var node : nodes) {
                var state = node.ask();
                handled += state.getLong("handled");
                cpu += state.getLong("cpuNanos");
            }
            return new Mark(System.nanoTime(), handled, cpu);
        }
    }

    private ClusterContest() {}

    /** Each node handles what its own route receives. */
    static JsonObject inbound(Setup setup, int count) throws Exception {
        var roles = new ArrayList<JsonObject>();
        for (var i = 0; i < count; i++) {
            roles.add(new JsonObject().put("bridge", true).put("handle", "here"));
        }
        return run(setup, roles);
    }

    static JsonObject inboundToAnotherNode(Setup setup) throws Exception {
        return run(setup, List.of(new JsonObject().put("handle", "all"), new JsonObject().put("bridge", true)));
    }

    /** A cluster of two, one of which has nothing to do. */
    static JsonObject bus(Setup setup) throws Exception {
        return run(
                setup,
                List.of(new JsonObject(), new JsonObject().put("handle", "here").put("drive", true)));
    }

    static JsonObject busToAnotherNode(Setup setup) throws Exception {
        return run(setup, List.of(new JsonObject().put("handle", "all"), new JsonObject().put("drive", true)));
    }

    /** The first half warms up, as everywhere. */
    private static JsonObject run(Setup setup, List<JsonObject> roles) throws Exception {
        var ports = new JsonArray();
        for (var i = 0; i < roles.size(); i++) {
            ports.add(FreePort.next());
        }
        var nodes = new ArrayList<ClusterContestant.Handle>();
        try {
            for (var i = 0; i < roles.size(); i++) {
                nodes.add(ClusterContestant.start(
                        setup, roles.get(i).put("port", ports.getInteger(i)).put("members", ports)));
            }
            for (var node : nodes) {
                node.begin();
            }
            var middle = await(nodes, setup.messages() / 2);
            var last = await(nodes, setup.messages());
            var handled = last.handled - middle.handled;
            return new JsonObject()
                    .put("rate", handled * 1e9 / (last.nanos - middle.nanos))
                    .put("cpu", (last.cpuNanos - middle.cpuNanos) / 1e3 / handled);
        } finally {
            nodes.forEach(ClusterContestant.Handle::close);
        }
    }

    private static Mark await(List<ClusterContestant.Handle> nodes, int handled) throws Exception {
        var mark = Mark.of(nodes);
        while (mark.handled < handled) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            mark = Mark.of(nodes);
        }
        return mark;
    }
}
