package dev.busbar.faults;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The nodes of one cluster on loopback, each a JVM, one broker for all. */
final class ClusterNodes implements AutoCloseable {

    private final Path folder;
    private final JsonObject base;
    private final List<String> handled;
    private final Map<String, Integer> ports = new TreeMap<>();
    private final List<ClusterNode> started = new ArrayList<>();
    private int instances = 1;

    /**
     * @param base the configuration of all, without {@code cluster}
     * @param handled the addresses that handlers of each node listen at
     * @param names of the nodes there may be
     */
    ClusterNodes(Path folder, JsonObject base, List<String> handled, String... names) throws IOException {
        this.folder = folder;
        this.base = base;
        this.handled = handled;
        for (var name : names) {
            ports.put(name, freePort());
        }
    }

    /** Of the bridge on each node. */
    ClusterNodes instances(int count) {
        instances = count;
        return this;
    }

    /** Returns when its routes work; also again, when it has ended. */
    ClusterNode start(String name) throws IOException {
        return keep(new ClusterNode(folder, name, config(name).put("instances", instances)));
    }

    /** A node with handlers and without a bridge. */
    ClusterNode startHandlers(String name) throws IOException {
        return keep(new ClusterNode(folder, name, config(name).put("routes", new JsonArray())));
    }

    private ClusterNode keep(ClusterNode node) {
        started.add(node);
        return node;
    }

    JsonObject config(String name) {
        var members = new JsonArray();
        ports.values().forEach(port -> members.add("127.0.0.1:" + port));
        var cluster = new JsonObject()
                .put("enabled", true)
                .put("node", name)
                .put("port", ports.get(name))
                .put("members", members);
        return base.copy()
                .put("cluster", cluster)
                .put("management", new JsonObject().put("port", 0))
                .put("handle", new JsonArray(handled));
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        started.forEach(ClusterNode::close);
    }
}
