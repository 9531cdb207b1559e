package dev.busbar.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives out ports of the loopback address for servers that must be told one: free, and given to nobody else. Each test
 * JVM has a range of its own, by its number among those that run at a time, below the ports that the system gives out
 * by itself: so a server may go, and come back to its port.
 */
public final class FreePort {

    private static final int FIRST = 12_000;
    private static final int PER_JVM = 2_000;
    private static final int JVMS = 10;
    private static final int FORK = Integer.getInteger("surefire.forkNumber", 0);
    private static final int BASE = FIRST + Math.floorMod(FORK, JVMS) * PER_JVM;

    private static int next = ThreadLocalRandom.current().nextInt(PER_JVM);

    private FreePort() {}

    public static synchronized int next() {
        for (int tried = 0; tried < PER_JVM; tried++) {
            int port = BASE + next;
            next = (next + 1) % PER_JVM;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free from " + BASE + " to " + (BASE + PER_JVM));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
