package dev.busbar.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the commands of one release's {@code rabbitmqctl} in one Erlang VM, which {@code rabbitmqctl} itself starts,
 * with the first command, and which ends with this JVM: a start of the VM takes a second, a command some milliseconds.
 * Each command has the environment of its node, and an Erlang node of its own. The commands of one release run one
 * after the other. Log: {@code target/rabbitmq/<pid of the test JVM>/ctl-<release>/console.log}.
 */
final class RabbitCtl {

    private static final String SERVER = "rabbitctl_server";
    private static final int START_TIMEOUT_MILLIS = 60_000;
    private static final int COMMAND_TIMEOUT_MILLIS = 120_000;
    private static final Map<RabbitRelease, RabbitCtl> RELEASES = new EnumMap<>(RabbitRelease.class);

    private final RabbitFleet fleet;
    private final String name;
    private final Path script;
    private Socket socket;

    private RabbitCtl(RabbitFleet fleet, RabbitRelease release) {
        this.fleet = fleet;
        this.name = "ctl-" + release;
        this.script = script(release);
    }

    static Path script(RabbitRelease release) {
        return release.server().orSkip().resolveSibling("rabbitmqctl");
    }

    static RabbitCtl of(RabbitFleet fleet, RabbitRelease release) {
        synchronized (RELEASES) {
            return RELEASES.computeIfAbsent(release, key -> new RabbitCtl(fleet, key));
        }
    }

    /** Returns standard output; fails with all output unless the command ends with 0. */
    synchronized String run(Map<String, String> environment, List<String> arguments) {
        try {
            if (socket == null) {
                socket = start();
            }
            send(environment, arguments);
            DataInputStream answer = frame(socket);
            int status = answer.readInt();
            String output = text(answer);
            String errors = text(answer);
            if (status != 0) {
                throw new IllegalStateException(
                        script + " " + String.join(" ", arguments) + " failed:\n" + output + errors);
            }
            return output;
        } catch (IOException e) {
            end();
            throw new UncheckedIOException("rabbitmqctl " + arguments + ", see " + folder(), e);
        }
    }

    private static DataInputStream frame(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return new DataInputStream(new ByteArrayInputStream(frame));
    }

    private static String text(DataInputStream answer) throws IOException {
        byte[] bytes = new byte[answer.readInt()];
        answer.readFully(bytes);
        return new String(bytes, UTF_8);
    }

    private void send(Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(Integer.toString(environment.size())));
        environment.forEach((variable, value) -> words.add(variable + "=" + value));
        words.addAll(arguments);
        byte[] command = String.join("\0", words).getBytes(UTF_8);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(command.length);
        out.write(command);
        out.flush();
    }

    /** Starts the VM, which connects to this JVM, so that it notices the end of this JVM, whatever that is. */
    private Socket start() throws IOException {
        Path folder = Files.createDirectories(folder());
        fleet.writeCookie(folder);
        Path source = folder.resolve(SERVER + ".erl");
        try (InputStream resource = RabbitCtl.class.getResourceAsStream(SERVER + ".erl")) {
            Files.write(source, resource.readAllBytes());
        }
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ProcessBuilder command = new ProcessBuilder(script.toString(), "version")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("console.log").toFile());
            // Words of ERL_AFLAGS come before those of the script.
            String code = "{ok,M,B}=compile:file(\"%s\",[binary]),code:load_binary(M,\"\",B),M:start(%d,\"%s\")."
                    .formatted(source, server.getLocalPort(), folder);
            fleet.environment(command, folder)
                    .putAll(Map.of("RABBITMQ_CTL_ERL_ARGS", "+S 1:1", "ERL_AFLAGS", "-eval '" + code + "'"));
            Process process = command.start();
            process.onExit().thenRun(() -> close(server));
            server.setSoTimeout(START_TIMEOUT_MILLIS);
            Socket accepted = server.accept();
            accepted.setTcpNoDelay(true);
            accepted.setSoTimeout(COMMAND_TIMEOUT_MILLIS);
            // On some releases the process is a shell that waits for the VM.
            long pid = frame(accepted).readLong();
            fleet.claim(name, ProcessHandle.of(pid).orElseThrow());
            return accepted;
        }
    }

    private Path folder() {
        return fleet.folder().resolve(name);
    }

    /** The next command gets a new VM. */
    private void end() {
        if (socket != null) {
            close(socket);
            socket = null;
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
