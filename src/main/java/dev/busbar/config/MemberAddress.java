package dev.busbar.config;

import java.util.regex.Pattern;

/**
 * The address of another node of the cluster.
 *
 * @param host a host or IP address, without brackets
 * @param port {@code null} for the port of this node
 */
public record MemberAddress(String host, Integer port) {

    private static final Pattern SYNTAX =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^\\s/\\[\\]@:]+))(?::(\\d{1,5}))?");

    public MemberAddress {
        if (host == null || !host.matches("[^\\s/\\[\\]@]+")) {
            throw new IllegalArgumentException("it has no host or IP address");
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
        }
    }

    static MemberAddress parse(String text) {
        ServiceVariables.refuse(text);
        var parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("it is not host or host:port, with an IPv6 address in brackets");
        }
        return new MemberAddress(
                parts.group(1) == null ? parts.group(2) : parts.group(1),
                parts.group(3) == null ? null : Integer.valueOf(parts.group(3)));
    }

    /** Whether the address is of this machine only. */
    public boolean isLoopback() {
        return EmbeddedConfig.isLoopback(host);
    }

    /** Returns the address as a configuration has it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + (port == null ? "" : ":" + port);
    }
}
