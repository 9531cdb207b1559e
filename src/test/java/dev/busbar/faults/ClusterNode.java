package dev.busbar.faults;

import static org.awaitility.Awaitility.await;

import dev.busbar.faults.Sightings.Life;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One life of a node of a cluster in a JVM of its own, and the books of what its handlers were given. */
final class ClusterNode implements AutoCloseable {

    /** Told what handlers are given. */
    interface Listener {
        /** @param marked as delivered before, or as a further attempt */
        void seen(Life life, String address, int n, String id, boolean marked);
    }

    private final Life life;
    private final Listener listener;
    private final BridgeProcess process;
    private final Map<String, Ledger> seen = new ConcurrentHashMap<>();
    private final Map<String, Ledger> sent = new ConcurrentHashMap<>();
    private final Map<String, String> conditions = new ConcurrentHashMap<>();
    private final List<JsonObject> views = new CopyOnWriteArrayList<>();
    private final List<String> health = new CopyOnWriteArrayList<>();

    /**
     * Returns when its routes work.
     *
     * @param config as {@link ClusterNodeMain} takes it
     * @param before what the command begins with
     */
    ClusterNode(Path folder, Life life, JsonObject config, List<String> before, Listener listener) throws IOException {
        this.life = life;
        this.listener = listener;
        var own = Files.createDirectories(folder.resolve(life.toString()));
        var file = Files.writeString(own.resolve("busbar.json"), config.encode());
        process = new BridgeProcess(before, ClusterNodeMain.class, file, "", this::hear);
    }

    private void hear(String[] words) {
        switch (words[0]) {
            case "seen" -> {
                var n = Integer.parseInt(words[2]);
                var marked = Boolean.parseBoolean(words[4]);
                seen(words[1]).seen(n, words[3], marked);
                listener.seen(life, words[1], n, words[3], marked);
            }
            case "safe" -> sent(words[1]).safe(Integer.parseInt(words[2]));
            case "failed" ->
                sent(words[1]).failed(Integer.parseInt(words[2]), new AssertionError(String.join(" ", words)));
            case "route" -> conditions.put(words[1], words[2]);
            case "health" -> health.add(String.join(" ", words).substring("health ".length()));
            case "members" -> views.add(new JsonObject(String.join(" ", words).substring("members ".length())));
            default -> {
                // The end of a list.
            }
        }
    }

    String name() {
        return life.node();
    }

    Life life() {
        return life;
    }

    /** What its handlers at the address have seen. */
    Ledger seen(String address) {
        return seen.computeIfAbsent(address, it -> new Ledger(it + " on " + life));
    }

    /** What was asked of the address there. */
    Ledger sent(String address) {
        return sent.computeIfAbsent(address, it -> new Ledger(it + " from " + life));
    }

    /** See {@link ClusterNodeMain}. */
    void tell(String command) {
        process.tell(command);
    }

    /** The condition of each route in its worst instance, or its latest. */
    Map<String, String> conditions() {
        conditions.clear();
        tell("routes");
        await(name()).until(() -> !conditions.isEmpty());
        return new TreeMap<>(conditions);
    }

    /** What it sees of the cluster now. */
    JsonObject members() {
        var before = views.size();
        tell("members");
        await(name()).until(() -> views.size() > before);
        return views.get(before);
    }

    /** The status and the body of {@code /health/ready}. */
    String health() {
        var before = health.size();
        tell("health");
        await(name()).until(() -> health.size() > before);
        return health.get(before);
    }

    void pause() {
        process.pause();
    }

    void resume() {
        process.resume();
    }

    /** With signal 9. */
    void kill() {
        process.kill();
    }

    /** Cleanly; returns its exit code when it has ended. */
    int stop() {
        tell("stop");
        return process.awaitEnd();
    }

    @Override
    public void close() {
        process.kill();
    }
}
