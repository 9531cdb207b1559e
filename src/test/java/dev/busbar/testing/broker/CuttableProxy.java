package dev.busbar.testing.broker;

import dev.busbar.testing.broker.NetworkFault.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands for a network between client and broker that can fail: connections cut, stalled, half-closed, answers lost, no
 * server there. Faults come when a test says so, or at given frames of the traffic.
 */
public final class CuttableProxy implements AutoCloseable {

    /** Decides what goes wrong on each connection, in this order in each direction; the first connection is 0. */
    public interface Script {
        List<NetworkFault> of(int connection);
    }

    private final InetSocketAddress target;
    private final Script script;
    private final int port;
    private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
    private final List<NetworkFault> struck = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private ServerSocket listener;
    /**
     * Whether answers are swallowed on the connections made since the last cut. Earlier connections keep their own
     * flag.
     */
    private volatile AtomicBoolean silent = new AtomicBoolean();

    public CuttableProxy(String host, int port) {
        this(host, port, connection -> List.of());
    }

    public CuttableProxy(String host, int port, Script script) {
        this.target = new InetSocketAddress(host, port);
        this.script = script;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        serve(listener);
    }

    public int port() {
        return port;
    }

    /** Returns how many connections there are now. */
    public int connections() {
        return (int) connections.stream().filter(ProxiedConnection::isOpen).count();
    }

    /** Returns how many frames the present connections have sent to the broker, protocol headers included. */
    public int framesToBroker() {
        return connections.stream().mapToInt(ProxiedConnection::framesToBroker).sum();
    }

    /** Returns how many connections there have been. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns the faults that have struck so far. */
    public List<NetworkFault> struck() {
        return List.copyOf(struck);
    }

    /** Resets all connections, as a broken network does. */
    public void cut() {
        silent = new AtomicBoolean();
        connections.forEach(ProxiedConnection::reset);
        connections.clear();
    }

    /** Cuts all connections, and lets nobody connect until {@link #repair()}. */
    public void breakDown() {
        closeQuietly(listener);
        cut();
    }

    public void repair() {
        listener = listen(port);
        serve(listener);
    }

    /** Swallows what the broker answers from now on, until the connections are {@link #cut()}. */
    public void swallowAnswers() {
        silent.set(true);
    }

    /** Has a fault strike all present connections now, wherever their traffic is. */
    public void strike(NetworkFault fault) {
        for (var connection : connections) {
            try {
                connection.strike(fault);
            } catch (IOException e) {
                // Closed already.
            }
        }
    }

    @Override
    public void close() {
        breakDown();
    }

    private static ServerSocket listen(int port) {
        try {
            var listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(ServerSocket from) {
        start(() -> {
            while (true) {
                var client = from.accept();
                start(() -> join(client));
            }
        });
    }

    private void join(Socket client) throws IOException {
        try (client;
                var broker = new Socket(target.getAddress(), target.getPort())) {
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            var due = script.of(accepted.getAndIncrement());
            var connection = new ProxiedConnection(client, broker, due, silent::get, struck::add);
            connections.add(connection);
            start(() -> connection.copy(Way.TO_BROKER));
            connection.copy(Way.TO_CLIENT);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // The other side has gone or was cut off, which is what this proxy is for.
                    }
                },
                "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closed already.
        }
    }
}
