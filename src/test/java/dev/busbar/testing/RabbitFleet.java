package dev.busbar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * What all RabbitMQ nodes of one test JVM share: a folder, a cookie, and a port mapper (epmd) that no other Erlang of
 * this machine uses. It ends with the JVM, and if that was killed, the next test JVM cleans up.
 */
final class RabbitFleet {

    private static final Path ROOT = Path.of("target", "rabbitmq").toAbsolutePath();
    private static RabbitFleet instance;

    private final AtomicInteger nodes = new AtomicInteger();
    private final int epmdPort = FreePort.next();
    private final Path folder;

    private RabbitFleet(Path folder, String epmd) throws IOException {
        this.folder = folder;
        Process process = new ProcessBuilder(
                        epmd, "-port", Integer.toString(epmdPort), "-address", "127.0.0.1", "-relaxed_command_check")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("epmd.log").toFile())
                .start();
        claim("epmd", process.toHandle());
        // A node that finds none would start one of its own, which nobody ends.
        Awaitility.await("epmd").atMost(60, TimeUnit.SECONDS).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", epmdPort)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static synchronized RabbitFleet get() {
        if (instance == null) {
            try {
                Files.createDirectories(ROOT);
                sweep();
                Path folder = Files.createDirectories(
                        ROOT.resolve(Long.toString(ProcessHandle.current().pid())));
                instance = new RabbitFleet(
                        folder,
                        Requirement.command("epmd", "erlang-base").orSkip().toString());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> killAll(folder)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return instance;
    }

    /** A name for a new node, unique among the test JVMs of this machine. */
    String newName() {
        return "bb-" + folder.getFileName() + "-" + nodes.incrementAndGet();
    }

    Path folder() {
        return folder;
    }

    /** Gives an Erlang that runs in the folder what keeps it apart from others of this machine. */
    Map<String, String> environment(ProcessBuilder command, Path home) {
        Map<String, String> environment = command.environment();
        environment.keySet().removeIf(key -> key.startsWith("RABBITMQ_") || key.startsWith("ERL_"));
        environment.putAll(Map.of(
                "HOME", home.toString(),
                "ERL_EPMD_PORT", Integer.toString(epmdPort),
                "ERL_EPMD_ADDRESS", "127.0.0.1",
                "ERL_CRASH_DUMP", home.resolve("erl_crash.dump").toString(),
                "RABBITMQ_CONF_ENV_FILE", home.resolve("none").toString()));
        return environment;
    }

    /** Lets an Erlang with this home talk to all others of the fleet. */
    void writeCookie(Path home) throws IOException {
        Path cookie = home.resolve(".erlang.cookie");
        if (!Files.exists(cookie)) {
            Files.writeString(cookie, "BUSBAR" + epmdPort);
            Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
        }
    }

    /** Has the process killed at the end of this JVM, or when the next one finds it. */
    void claim(String name, ProcessHandle process) throws IOException {
        Files.writeString(folder.resolve(name + ".pid"), Long.toString(process.pid()));
    }

    /** Kills what killed test JVMs have left running, and deletes their folders. */
    private static void sweep() throws IOException {
        for (Path folder : list(ROOT)) {
            String name = folder.getFileName().toString();
            if (name.matches("\\d+") && ProcessHandle.of(Long.parseLong(name)).isEmpty()) {
                killAll(folder);
                delete(folder);
            }
        }
    }

    private static void killAll(Path folder) {
        try {
            for (Path file : list(folder)) {
                if (file.toString().endsWith(".pid")) {
                    ProcessHandle.of(Long.parseLong(content(file)))
                            .filter(RabbitFleet::isErlang)
                            .ifPresent(RabbitFleet::kill);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "0";
        }
    }

    /** The process id in a file may meanwhile be somebody else's. */
    private static boolean isErlang(ProcessHandle process) {
        String command = process.info().command().orElse("");
        return command.endsWith("/beam.smp") || command.endsWith("/epmd");
    }

    static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            for (Path file : list(folder)) {
                delete(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /** Nothing if it is gone: test JVMs that start at one time sweep the same folders. */
    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
