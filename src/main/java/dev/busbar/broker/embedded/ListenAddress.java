package dev.busbar.broker.embedded;

import dev.busbar.config.EmbeddedConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Chooses where the broker listens: on the configured port, or on any free port of the same host if that one is in use.
 *
 * @param port 0 for any free port
 * @param refusal why the configured port cannot be used; {@code null} if it can
 */
record ListenAddress(InetAddress host, int port, String refusal) {

    /** Looks the host up and tries to bind the port. Blocks. */
    static ListenAddress of(EmbeddedConfig config) {
        InetAddress host = resolve(config.host());
        if (config.port() == 0) {
            return anyPort(host, null);
        }
        try {
            tryToBind(host, config.port());
            return new ListenAddress(host, config.port(), null);
        } catch (IOException e) {
            return anyPort(host, e.getMessage());
        }
    }

    /** Returns an address with any free port of the host. */
    static ListenAddress anyPort(InetAddress host, String refusal) {
        try {
            tryToBind(host, 0);
        } catch (IOException e) {
            throw new EmbeddedBrokerException(
                    "the embedded broker cannot listen on host " + host.getHostAddress() + " (" + e.getMessage()
                            + "): set broker.embedded.host to an address of this machine, such as 127.0.0.1",
                    e);
        }
        return new ListenAddress(host, 0, refusal);
    }

    /** Returns the host that a client in this JVM connects to. */
    String reachableHost() {
        return host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new EmbeddedBrokerException(
                    "the embedded broker's host " + host
                            + " is unknown: set broker.embedded.host to an address of this machine, such as 127.0.0.1",
                    e);
        }
    }

    private static void tryToBind(InetAddress host, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        }
    }
}
