package dev.busbar.testing;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.opentest4j.TestAbortedException;

/**
 * A program that a test needs and that may be absent. Then the test is skipped with the reason, or fails if everything
 * is required: with the environment variable {@code BUSBAR_REQUIRE_ALL=true} or the system property
 * {@code busbar.required}, which overrides it: {@code all} or {@code none}.
 *
 * @param path the program, if it is there
 * @param absence what is missing and how to get it
 */
public record Requirement(Optional<Path> path, String absence) {

    /** A command on the PATH, and the Debian package that brings it. */
    public static Requirement command(String command, String debianPackage) {
        return new Requirement(
                onPath(command).findFirst(),
                command + " is not on the PATH; Debian has it in the package " + debianPackage);
    }

    /** A Python 3 that has the module; the first on the PATH may be one that lacks what the system's has. */
    public static Requirement python(String module, String debianPackage) {
        return new Requirement(
                Stream.concat(onPath("python3"), Stream.of(Path.of("/usr/bin/python3")))
                        .filter(python -> succeeds(python.toString(), "-c", "import " + module))
                        .findFirst(),
                "no python3 has the module " + module + "; Debian has it in the package " + debianPackage);
    }

    /** A loopback address of IPv6. */
    public static Requirement ipv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return new Requirement(Optional.of(Path.of(probe.getInetAddress().getHostAddress())), "");
        } catch (IOException e) {
            return new Requirement(Optional.empty(), "this machine has no IPv6: " + e.getMessage());
        }
    }

    /** The command {@code ip}, where it may make network namespaces. */
    public static Requirement networkNamespaces() {
        return new Requirement(
                onPath("ip")
                        .filter(ip -> succeeds("unshare", "--net", "--mount", ip.toString(), "link", "set", "lo", "up"))
                        .findFirst(),
                "network namespaces need root, and the command ip, which Debian has in the package iproute2");
    }

    /** The command {@code unshare}, where it may give a process file systems of its own. */
    public static Requirement fileSystems() {
        return new Requirement(
                onPath("unshare")
                        .filter(unshare -> succeeds(
                                unshare.toString(),
                                "--map-root-user",
                                "--mount",
                                "sh",
                                "-c",
                                "mount -t tmpfs tmpfs /mnt && mount -o remount,bind,ro /"))
                        .findFirst(),
                "file systems of one's own need user namespaces, and the command unshare, which Debian has in the package"
                        + " util-linux");
    }

    /** The command {@code unshare}, where it may run containers: folders as root, as another user. */
    public static Requirement containers() {
        return new Requirement(
                onPath("unshare")
                        .filter(unshare -> succeeds(
                                unshare.toString(),
                                "--mount",
                                "--pid",
                                "--net",
                                "--fork",
                                "sh",
                                "-c",
                                "mount -t tmpfs tmpfs /mnt && mknod /mnt/null c 1 3 && ip link set lo up"
                                        + " && chroot --userspec=1:1 / true"))
                        .findFirst(),
                "containers need root with all its capabilities, and the commands unshare and ip, which Debian has in"
                        + " the packages util-linux and iproute2");
    }

    /** PostgreSQL's {@code initdb}, beside its other programs; Debian has them in a folder for each version. */
    public static Requirement postgres() {
        return new Requirement(
                Stream.concat(
                                IntStream.iterate(30, version -> version > 9, version -> version - 1)
                                        .mapToObj(version -> Path.of("/usr/lib/postgresql/" + version + "/bin/initdb")),
                                onPath("initdb"))
                        .filter(Files::isExecutable)
                        .findFirst(),
                "no PostgreSQL is installed; Debian has it in the package postgresql");
    }

    /** The program; skips or fails the running test if it is absent. */
    public Path orSkip() {
        if (path.isEmpty() && allRequired()) {
            throw new AssertionError(absence);
        }
        return path.orElseThrow(() -> new TestAbortedException(absence));
    }

    /** For extensions: whether the test is to run, be it to fail. */
    public ConditionEvaluationResult asCondition() {
        return path.isPresent() || allRequired()
                ? ConditionEvaluationResult.enabled("there, or required")
                : ConditionEvaluationResult.disabled(absence);
    }

    private static boolean allRequired() {
        String property = System.getProperty("busbar.required");
        return property == null ? "true".equals(System.getenv("BUSBAR_REQUIRE_ALL")) : property.equals("all");
    }

    private static Stream<Path> onPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable);
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
