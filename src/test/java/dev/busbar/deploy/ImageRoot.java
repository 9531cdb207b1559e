package dev.busbar.deploy;

import dev.busbar.launch.Command;
import dev.busbar.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file system of an image, in a folder of this machine, and containers of it. This machine's own system and JDK
 * stand in for the base image: they are mounted below the folder for as long as a container runs, for its processes
 * only. A container has process ids of its own, and the network of this machine.
 */
final class ImageRoot {

    /** Enough of a system for a JRE and the commands of a build. */
    private static final List<String> SYSTEM = List.of("usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32");

    /** Debian's JRE keeps its configuration there. */
    private static final List<String> SETTINGS = List.of("etc/ssl", "etc/java-17-openjdk", "etc/alternatives");

    private static final String DEVICES =
            "mount -t tmpfs tmpfs $root/dev && mknod -m 666 $root/dev/null c 1 3 && mknod -m 666 $root/dev/random c 1 8"
                    + " && mknod -m 666 $root/dev/urandom c 1 9";

    private static final String JAVA_HOME = System.getProperty("java.home");
    private static final String PATH = JAVA_HOME + "/bin:/usr/local/bin:/usr/bin:/bin";

    private final Path unshare = Requirement.containers().orSkip();
    private final Path root;
    private final List<String> base = new ArrayList<>();

    /** An image that has nothing but its base. */
    ImageRoot(Path folder) throws IOException {
        root = Files.createDirectories(folder);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        var shown = new ArrayList<>(SYSTEM);
        SETTINGS.stream()
                .filter(settings -> Files.isDirectory(Path.of("/", settings)))
                .forEach(shown::add);
        if (!JAVA_HOME.startsWith("/usr/")) {
            shown.add(JAVA_HOME.substring(1));
        }
        for (var name : shown) {
            var here = Path.of("/", name);
            if (Files.isSymbolicLink(here)) {
                Files.createSymbolicLink(root.resolve(name), Files.readSymbolicLink(here));
            } else if (Files.isDirectory(here)) {
                Files.createDirectories(root.resolve(name));
                base.add(name);
            }
        }
        for (var name : List.of("proc", "dev", "tmp")) {
            Files.createDirectories(root.resolve(name));
        }
        // As engines write them.
        var etc = Files.createDirectories(root.resolve("etc"));
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n");
        Files.writeString(etc.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
        Files.setPosixFilePermissions(root.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    /** A path of the image, on this machine. */
    Path resolve(String path) {
        return root.resolve(path.substring(1));
    }

    /**
     * Runs a command of the build, as root and with no network but its own loopback.
     *
     * @param directory where
     * @param shell for a shell
     */
    Command build(String directory, String shell) throws IOException {
        return start("--net", "ip link set lo up", "chroot $root env -C " + directory, List.of("/bin/sh", "-c", shell));
    }

    /**
     * Runs a container.
     *
     * @param user as {@code USER} has it
     * @param writable folders that have file systems in memory; all else is read-only
     * @param mounted what of this machine is seen as {@code /etc/busbar}; {@code null} for nothing, and then it has a
     *     network of its own too
     * @param variables of its environment, as {@code NAME=value}
     */
    Command run(String user, List<String> writable, Path mounted, List<String> variables, List<String> command)
            throws IOException {
        var mounts = new ArrayList<String>();
        for (var folder : writable) {
            var at = "$root" + folder;
            mounts.add("mount -t tmpfs -o $(stat -c mode=%a,uid=%u,gid=%g " + at + ") tmpfs " + at);
        }
        if (mounted == null) {
            mounts.add("ip link set lo up");
        } else {
            mounts.add("mount --bind " + mounted + " $root/etc/busbar");
            mounts.add("mount -o remount,bind,ro $root/etc/busbar");
        }
        mounts.add("mount -o remount,bind,ro $root");
        return start(
                mounted == null ? "--net" : "",
                String.join(" && ", mounts),
                chroot(user, "$root"),
                in(variables, command));
    }

    /** Runs one more command in a container, as an engine does for a health check. */
    Command enter(Command container, String user, List<String> variables, List<String> command) throws IOException {
        return Command.start(
                "nsenter --mount --pid --net --target " + container.child().pid() + " " + chroot(user, root.toString())
                        + quoted(in(variables, command)),
                ImageRoot::administrative);
    }

    private static String chroot(String user, String root) {
        return "chroot --userspec=" + user + " --groups= " + root;
    }

    private static List<String> in(List<String> variables, List<String> command) {
        var words = new ArrayList<>(List.of("env", "-i", "PATH=" + PATH));
        words.addAll(variables);
        words.addAll(command);
        return words;
    }

    private Command start(String namespaces, String mounts, String enter, List<String> command) throws IOException {
        var script = new StringBuilder("root=" + root + " && mount --bind $root $root");
        base.forEach(it -> script.append(" && mount --rbind /" + it + " $root/" + it));
        script.append(" && mount -t proc proc $root/proc && " + DEVICES + " && " + mounts + " && exec " + enter);
        return Command.start(
                unshare + " --mount --pid --fork --kill-child " + namespaces + " sh -c '" + script + " \"$@\"' sh"
                        + quoted(command),
                ImageRoot::administrative);
    }

    private static void administrative(ProcessBuilder shell) {
        shell.environment().put("PATH", PATH + ":/usr/sbin:/sbin");
    }

    private static String quoted(List<String> words) {
        return words.stream().map(it -> " '" + it.replace("'", "'\\''") + "'").collect(Collectors.joining());
    }
}
