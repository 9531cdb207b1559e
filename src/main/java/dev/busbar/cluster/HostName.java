package dev.busbar.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** The name of this host, without the domain; looked up once, and never on the network where the system says it. */
final class HostName {

    private static final String NAME = find();

    private HostName() {}

    /** {@code null} if it has none of its own. */
    static String get() {
        return NAME;
    }

    private static String find() {
        return Stream.of(System.getenv("HOSTNAME"), kernel(), System.getenv("COMPUTERNAME"), resolved())
                .filter(Objects::nonNull)
                .map(HostName::clean)
                .filter(name -> !name.isEmpty() && !name.equals("localhost"))
                .findFirst()
                .orElse(null);
    }

    /** As names of nodes are written. */
    static String clean(String host) {
        var cleaned = host.strip()
                .replaceFirst("\\..*", "")
                .replaceAll("[^A-Za-z0-9_-]", "-")
                .replaceFirst("^[_-]+", "");
        return cleaned.substring(0, Math.min(100, cleaned.length()));
    }

    private static String kernel() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"));
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    private static String resolved() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return null;
        }
    }
}
