package dev.busbar.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives out TCP ports of the loopback address for servers that must be told one: free, and given to no other test JVM
 * of this machine, so a server may go, and come back to its port. All are below the ports that the system gives out by
 * itself.
 *
 * <p>The JVM that has a port holds the UDP port of the same number until the JVM ends, however that happens: UDP ports
 * are apart from those of TCP, and no test listens to one in this range.
 */
public final class FreePort {

    private static final int FIRST = 12_000;
    private static final int PORTS = 20_000;
    private static final List<DatagramSocket> CLAIMS = new ArrayList<>();

    private static int next = ThreadLocalRandom.current().nextInt(PORTS);

    private FreePort() {}

    public static synchronized int next() {
        for (int tried = 0; tried < PORTS; tried++) {
            int port = FIRST + next;
            next = (next + 1) % PORTS;
            if (claim(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free from " + FIRST + " to " + (FIRST + PORTS));
    }

    private static boolean claim(int port) {
        DatagramSocket claim;
        try {
            claim = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            return false;
        }
        // Claimed first: a port that is free for an instant only because another JVM's server restarts is not taken.
        if (isFree(port)) {
            CLAIMS.add(claim);
            return true;
        }
        claim.close();
        return false;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
