package dev.busbar.testing;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Runs a RabbitMQ node from an installed {@link RabbitRelease release}, sharing nothing with its service: own folder,
 * cookie, ports and name. Its ports stay the same through {@link #restart}. Log: {@code target/rabbitmq/<pid of the
 * test JVM>/<name>/log}.
 */
public final class RabbitNode implements FaultyBroker {

    private static final byte[] PROTOCOL_HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

    private final RabbitFleet fleet = RabbitFleet.get();
    private RabbitRelease release;
    private Path server;
    private final String name = fleet.newName();
    private final Path folder = fleet.folder().resolve(name);
    private final RabbitSettings settings;
    private final int port = FreePort.next();
    private final int tlsPort = FreePort.next();
    private final int distributionPort = FreePort.next();
    private Process process;

    private RabbitNode(RabbitRelease release, RabbitSettings settings) {
        this.release = release;
        this.server = release.server().orSkip();
        this.settings = settings;
    }

    /** A node of the {@link RabbitRelease#chosen chosen} release that is running, after about five seconds. */
    public static RabbitNode start(RabbitSettings settings) {
        return start(RabbitRelease.chosen(), settings);
    }

    /** A node of one release that is running, after about five seconds. */
    public static RabbitNode start(RabbitRelease release, RabbitSettings settings) {
        RabbitNode node = new RabbitNode(release, settings);
        node.writeFiles();
        node.start();
        return node;
    }

    /** Starts it again after {@link #stop} or {@link #kill}; returns when it accepts connections. */
    @Override
    public void start() {
        long logged = log().length();
        launch();
        Awaitility.await("RabbitMQ " + name + ", see " + folder)
                .atMost(120, TimeUnit.SECONDS)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> accepts() && hasStarted(logged));
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Stops it cleanly. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Kills it with signal 9: no file is flushed, no connection closed. */
    @Override
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    public void restart() {
        if (process.isAlive()) {
            stop();
        }
        start();
    }

    /** Stops it, and starts a later release on the same folder and ports, with every feature flag enabled before. */
    public void upgrade(RabbitRelease to) {
        ctl("enable_feature_flag", "all");
        stop();
        release = to;
        server = to.server().orSkip();
        start();
    }

    @Override
    public void pause() {
        Signal.STOP.to(process);
    }

    @Override
    public void resume() {
        Signal.CONT.to(process);
    }

    /** Has the node block connections that publish, as it does when memory is short; returns when it would. */
    public void blockPublishers() {
        ctl("set_vm_memory_high_watermark", "0");
        awaitAlarm(true);
    }

    public void unblockPublishers() {
        ctl("set_vm_memory_high_watermark", "0.4");
        awaitAlarm(false);
    }

    private void awaitAlarm(boolean expected) {
        Awaitility.await("the alarm of " + name)
                .atMost(60, TimeUnit.SECONDS)
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(() -> ctl("eval", "rabbit_alarm:get_alarms().").contains("memory") == expected);
    }

    /** Runs a command of {@code rabbitmqctl}, some milliseconds; returns what it prints without headings. */
    public String ctl(String... arguments) {
        return RabbitCtl.of(fleet, release).run(variables(), silent(arguments));
    }

    /** Does what {@link #ctl} does in an Erlang VM of its own, about a second. */
    String ctlAlone(String... arguments) {
        List<String> command = new ArrayList<>(List.of(RabbitCtl.script(release).toString()));
        command.addAll(silent(arguments));
        try {
            return Shell.run(environment(new ProcessBuilder(command)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> silent(String... arguments) {
        return Stream.concat(Stream.of("--silent"), Stream.of(arguments)).toList();
    }

    /**
     * Has each quorum queue look whether a consumer has kept a message for too long, as each message and settlement
     * does. Where neither comes, 4.3.6 was seen over AMQP 1.0 not to look again after it had taken a message back and
     * delivered it once more: for a minute, until the link was drained. Does nothing on older releases.
     */
    public void lookAtConsumerTimeouts() {
        if (release == RabbitRelease.V4) {
            ctl(
                    "eval",
                    "[ra:cast_aux_command(amqqueue:get_pid(Q), eval)"
                            + " || Q <- rabbit_amqqueue:list_by_type(rabbit_quorum_queue)].");
        }
    }

    /** Adds a user who may do everything in the virtual host {@code /}. */
    public void addUser(String user, String password) {
        ctl("add_user", user, password);
        ctl("set_permissions", user, ".*", ".*", ".*");
    }

    /** Adds a virtual host in which guest may do everything. */
    public void addVirtualHost(String virtualHost) {
        ctl("add_vhost", virtualHost);
        ctl("set_permissions", "--vhost", virtualHost, "guest", ".*", ".*", ".*");
    }

    public void deleteQueue(String queue) {
        ctl("delete_queue", queue);
    }

    public void closeAllConnections() {
        ctl("close_all_connections", "closed by the test");
    }

    /** Forgets all it knows and forms a cluster with the other; about three seconds. */
    public void join(RabbitNode other) {
        ctl("stop_app");
        ctl("join_cluster", other.erlangName());
        ctl("start_app");
    }

    public RabbitRelease release() {
        return release;
    }

    /** The node's name, as the broker itself writes it. */
    public String erlangName() {
        return name + "@localhost";
    }

    @Override
    public int port() {
        return port;
    }

    /** Meaningful if {@link RabbitSettings#tls()}. */
    public int tlsPort() {
        return tlsPort;
    }

    /** For guest, in the virtual host {@code /}. */
    @Override
    public String uri() {
        return amqpUri();
    }

    /** For guest, in the virtual host {@code /}. */
    public String amqpUri() {
        return amqpUri("guest", "guest", "/");
    }

    /** For guest, in the virtual host {@code /}, at one of {@link RabbitSettings#addresses()}. */
    public String amqpUriAt(String address) {
        return amqpUri().replace("127.0.0.1", address);
    }

    public String amqpUri(String user, String password, String virtualHost) {
        return "amqp://" + user + ":" + password + "@127.0.0.1:" + port + "/"
                + URLEncoder.encode(virtualHost, StandardCharsets.UTF_8);
    }

    /** The same for AMQP 1.0. */
    public String amqp10Uri() {
        return amqp10Uri("guest", "guest", "/");
    }

    public String amqp10Uri(String user, String password, String virtualHost) {
        return amqpUri(user, password, virtualHost).replaceFirst("^amqp:", "amqp10:");
    }

    /** Ends it without ceremony. */
    @Override
    public void close() {
        kill();
    }

    private void writeFiles() {
        try {
            Files.createDirectories(folder.resolve("conf.d"));
            Files.writeString(folder.resolve("rabbitmq.conf"), settings.configuration(port, tlsPort));
            Files.writeString(folder.resolve("enabled_plugins"), settings.enabledPlugins());
            fleet.writeCookie(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch() {
        try {
            process = environment(new ProcessBuilder(server.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("console.log").toFile())
                    .start();
            fleet.claim(name, process.toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder environment(ProcessBuilder command) {
        fleet.environment(command, folder).putAll(variables());
        return command;
    }

    private Map<String, String> variables() {
        return Map.ofEntries(
                Map.entry("RABBITMQ_NODENAME", erlangName()),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(distributionPort)),
                Map.entry(
                        "RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString()),
                Map.entry("RABBITMQ_CONFIG_FILES", folder.resolve("conf.d").toString()),
                Map.entry(
                        "RABBITMQ_ADVANCED_CONFIG_FILE", folder.resolve("none").toString()),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                        folder.resolve("enabled_plugins").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString()),
                Map.entry("RABBITMQ_LOG_BASE", folder.resolve("log").toString()),
                Map.entry(
                        "RABBITMQ_GENERATED_CONFIG_DIR",
                        folder.resolve("generated").toString()),
                Map.entry("RABBITMQ_SCHEMA_DIR", folder.resolve("schema").toString()),
                Map.entry("RABBITMQ_PID_FILE", folder.resolve("pid").toString()),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "+S 2:2 +sbwt none"),
                Map.entry("RABBITMQ_CTL_ERL_ARGS", "+S 1:1"),
                // Has the start script become the node, instead of waiting for it in a shell that signals would reach.
                Map.entry("detached", "true"));
    }

    private boolean accepts() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "RabbitMQ " + name + " ended: " + Files.readString(folder.resolve("console.log")));
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(PROTOCOL_HEADER);
            // A method frame: connection.start.
            return socket.getInputStream().read() == 1;
        } catch (IOException e) {
            return false;
        }
    }

    /** It accepts connections a moment before rabbitmqctl can be used. */
    private boolean hasStarted(long logged) throws IOException {
        try (InputStream log = new FileInputStream(log())) {
            log.skipNBytes(logged);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8).contains("Server startup complete");
        }
    }

    private File log() {
        return folder.resolve("log").resolve(erlangName() + ".log").toFile();
    }

    private void awaitEnd() {
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("RabbitMQ " + name + " does not end", e);
        }
    }
}
