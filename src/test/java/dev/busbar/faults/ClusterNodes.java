package dev.busbar.faults;

import dev.busbar.faults.Sightings.Life;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.PrivateNetwork;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The nodes of one cluster on loopback, each a JVM, one broker for all. */
final class ClusterNodes implements AutoCloseable {

    private final Path folder;
    private final JsonObject base;
    private final List<String> handled;
    private final Map<String, Integer> ports = new TreeMap<>();
    private final List<ClusterNode> started = new CopyOnWriteArrayList<>();
    private final AtomicInteger lives = new AtomicInteger();
    private final Map<String, Set<Integer>> all = new ConcurrentHashMap<>();
    private List<String> handledHere = List.of();
    private ClusterNode.Listener listener = (life, address, n, id, marked) -> {};
    private PrivateNetwork network;
    private int instances = 1;
    private volatile boolean closed;

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
            ports.put(name, FreePort.next());
        }
    }

    /** Of the bridge on each node. */
    ClusterNodes instances(int count) {
        instances = count;
        return this;
    }

    /** Each node has handlers at these, too, for messages from the same node only. */
    ClusterNodes handlingHere(List<String> addresses) {
        handledHere = addresses;
        return this;
    }

    /** Told of all nodes to be started. */
    ClusterNodes telling(ClusterNode.Listener it) {
        listener = it;
        return this;
    }

    /** Each node in a namespace there, in place of loopback. */
    ClusterNodes in(PrivateNetwork it) {
        network = it;
        ports.keySet().forEach(it::add);
        return this;
    }

    /** Returns when its routes work; also again, when it has ended. */
    ClusterNode start(String name) throws IOException {
        return start(name, config(name));
    }

    /** A node with handlers and without a bridge. */
    ClusterNode startHandlers(String name) throws IOException {
        return start(name, config(name).put("routes", new JsonArray()));
    }

    /** The latest life of each node, in the order of their names. */
    List<ClusterNode> latest() {
        var latest = new TreeMap<String, ClusterNode>();
        started.forEach(node -> latest.put(node.name(), node));
        return List.copyOf(latest.values());
    }

    private ClusterNode start(String name, JsonObject config) throws IOException {
        var life = new Life(name, lives.incrementAndGet());
        var before = network == null ? List.<String>of() : network.inside(name);
        var node = new ClusterNode(folder, life, config, before, this::seen);
        started.add(node);
        if (closed) {
            node.close();
        }
        return node;
    }

    private void seen(Life life, String address, int n, String id, boolean marked) {
        all.computeIfAbsent(address, it -> ConcurrentHashMap.newKeySet()).add(n);
        listener.seen(life, address, n, id, marked);
    }

    /** What handlers at the address have seen, on whatever node, each number once. */
    Set<Integer> seen(String address) {
        return all.getOrDefault(address, Set.of());
    }

    JsonObject config(String name) {
        var members = new JsonArray();
        ports.forEach((member, port) -> members.add(host(member) + ":" + port));
        var cluster = new JsonObject()
                .put("enabled", true)
                .put("node", name)
                .put("host", host(name))
                .put("port", ports.get(name))
                .put("members", members);
        return base.copy()
                .put("cluster", cluster)
                .put("management", new JsonObject().put("port", 0))
                .put("handle", new JsonArray(handled))
                .put("handleHere", new JsonArray(handledHere))
                .put("instances", instances);
    }

    private String host(String name) {
        return network == null ? "127.0.0.1" : network.address(name);
    }

    @Override
    public void close() {
        closed = true;
        started.forEach(ClusterNode::close);
    }
}
