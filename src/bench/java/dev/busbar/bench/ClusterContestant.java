package dev.busbar.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.busbar.cluster.Clusters;
import dev.busbar.config.ConfigLoader;
import dev.busbar.route.BridgeVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/** A node of a cluster in a JVM of its own. It begins at the first line it reads, and answers each with its state. */
final class ClusterContestant {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final LongAdder handled = new LongAdder();
    private final Vertx vertx;

    private ClusterContestant(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The process, to whoever started it. */
    static final class Handle implements AutoCloseable {

        private final Process process;
        private final BufferedReader answers;
        private final PrintStream lines;

        Handle(Process process) {
            this.process = process;
            answers = process.inputReader(StandardCharsets.UTF_8);
            lines = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        void begin() throws IOException {
            ask();
        }

        JsonObject ask() throws IOException {
            lines.println();
            return answer();
        }

        private JsonObject answer() throws IOException {
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(Contestant.MARK)) {
                    return new JsonObject(line.substring(Contestant.MARK.length()));
                }
            }
            throw new IllegalStateException("a node has ended");
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /**
     * Returns when it is a member.
     *
     * @param role {@code port} and {@code members} of the cluster, and what it does: {@code bridge}, {@code drive}, and
     *     {@code handle} messages from {@code here} or {@code all}
     */
    static Handle start(Setup setup, JsonObject role) throws IOException {
        var handle = new Handle(new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ClusterContestant.class.getName(),
                        "",
                        setup.uri(),
                        setup.exchange(),
                        setup.queue(),
                        Integer.toString(setup.messages()),
                        Boolean.toString(setup.persistent()),
                        role.encode())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        handle.answer();
        return handle;
    }

    public static void main(String[] arguments) throws Exception {
        var setup = Setup.of(arguments);
        var role = new JsonObject(arguments[6]);
        var members = new JsonArray();
        role.getJsonArray("members").forEach(port -> members.add("127.0.0.1:" + port));
        var cluster = new JsonObject()
                .put("enabled", true)
                .put("node", "n" + role.getInteger("port"))
                .put("port", role.getInteger("port"))
                .put("members", members);
        var config = BusbarRoutes.config(setup, new JsonArray().add(BusbarRoutes.inbound(setup)))
                .put("cluster", cluster);
        var vertx = Clusters.start(
                        new VertxOptions(), ConfigLoader.fromJson(config).cluster())
                .await();
        var node = new ClusterContestant(vertx);
        node.handle(role.getString("handle", "none"));
        node.tell();
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        lines.readLine();
        if (role.getBoolean("bridge", false)) {
            vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config))
                    .await();
        }
        if (role.getBoolean("drive", false)) {
            vertx.runOnContext(ignored -> new Driver(vertx, setup.messages()).start());
        }
        node.tell();
        while (lines.readLine() != null) {
            node.tell();
        }
        System.exit(0);
    }

    private void handle(String which) {
        switch (which) {
            case "here" -> vertx.eventBus().localConsumer(BusbarRoutes.FROM_BROKER, this::handled);
            case "all" ->
                vertx.eventBus()
                        .consumer(BusbarRoutes.FROM_BROKER, this::handled)
                        .completion()
                        .await();
            default -> {
                // It has something else to do.
            }
        }
    }

    private void handled(Message<Object> message) {
        message.reply(null);
        handled.increment();
    }

    private void tell() {
        System.out.println(Contestant.MARK
                + new JsonObject()
                        .put("handled", handled.sum())
                        .put("cpuNanos", SYSTEM.getProcessCpuTime())
                        .encode());
    }

    /** As many unanswered requests as a route has unsettled deliveries. */
    private static final class Driver {

        private final Vertx vertx;
        private final JsonObject body = Payload.json();
        private int left;

        Driver(Vertx vertx, int messages) {
            this.vertx = vertx;
            this.left = messages;
        }

        void start() {
            for (var i = 0; i < Setup.PREFETCH; i++) {
                send();
            }
        }

        private void send() {
            if (left-- > 0) {
                vertx.eventBus()
                        .request(BusbarRoutes.FROM_BROKER, body)
                        .onFailure(Contestant::fail)
                        .onSuccess(reply -> send());
            }
        }
    }
}
