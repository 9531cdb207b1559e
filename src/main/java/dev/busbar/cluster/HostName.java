package dev.busbar.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds the name of this host, without its domain, once. Asks the network only if the system does not tell the name.
 */
final class HostName {

    private static final String NAME = find();

    private HostName() {}

    /** Returns the name; {@code null} if the host is only called {@code localhost}. */
    static String get() {
        return NAME;
    }

    private static String find() {
        return Stream.of(System.getenv("HOSTNAME"), kernelName(), System.getenv("COMPUTERNAME"), resolvedName())
                .filter(Objects::nonNull)
                .map(HostName::clean)
                .filter(name -> !name.isEmpty() && !name.equals("localhost"))
                .findFirst()
                .orElse(null);
    }

    /** Turns the name of a host into the name of a node: letters, digits, hyphens and underscores, at most 100. */
    static String clean(String host) {
        var cleaned = host.strip()
                .replaceFirst("\\..*", "")
                .replaceAll("[^A-Za-z0-9_-]", "-")
                .replaceFirst("^[_-]+", "");
        return cleaned.substring(0, Math.min(100, cleaned.length()));
    }

    private static String kernelName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"));
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    private static String resolvedName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return null;
        }
    }
}
