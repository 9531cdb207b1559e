package dev.busbar.faults;

import static org.awaitility.Awaitility.await;

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

    private final String name;
    private final BridgeProcess process;
    private final Map<String, Ledger> seen = new ConcurrentHashMap<>();
    private final Map<String, Ledger> sent = new ConcurrentHashMap<>();
    private final Map<String, String> conditions = new ConcurrentHashMap<>();
    private final List<JsonObject> views = new CopyOnWriteArrayList<>();

    /**
     * Returns when its routes work.
     *
     * @param config as {@link ClusterNodeMain} takes it
     */
    ClusterNode(Path folder, String name, JsonObject config) throws IOException {
        this.name = name;
        var own = Files.createDirectories(folder.resolve(name));
        var file = Files.writeString(own.resolve("busbar.json"), config.encode());
        process = new BridgeProcess(ClusterNodeMain.class, file, "", this::hear);
    }

    private void hear(String[] words) {
        switch (words[0]) {
            case "seen" -> seen(words[1]).seen(Integer.parseInt(words[2]), words[3], Boolean.parseBoolean(words[4]));
            case "safe" -> sent(words[1]).safe(Integer.parseInt(words[2]));
            case "failed" ->
                sent(words[1]).failed(Integer.parseInt(words[2]), new AssertionError(String.join(" ", words)));
            case "route" -> conditions.put(words[1], words[2]);
            case "members" -> views.add(new JsonObject(String.join(" ", words).substring("members ".length())));
            default -> {
                // The end of a list.
            }
        }
    }

    String name() {
        return name;
    }

    /** What its handlers at the address have seen. */
    Ledger seen(String address) {
        return seen.computeIfAbsent(address, it -> new Ledger(it + " on " + name));
    }

    /** What was asked of the address there. */
    Ledger sent(String address) {
        return sent.computeIfAbsent(address, it -> new Ledger(it + " from " + name));
    }

    /** See {@link ClusterNodeMain}. */
    void tell(String command) {
        process.tell(command);
    }

    /** The condition of each route in its worst instance, or its latest. */
    Map<String, String> conditions() {
        conditions.clear();
        tell("routes");
        await(name).until(() -> !conditions.isEmpty());
        return new TreeMap<>(conditions);
    }

    /** What it sees of the cluster now. */
    JsonObject members() {
        var before = views.size();
        tell("members");
        await(name).until(() -> views.size() > before);
        return views.get(before);
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
