package dev.busbar.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network between client and broker that can fail: connections cut, answers held back, nobody there. */
public final class CuttableProxy implements AutoCloseable {

    private final InetSocketAddress target;
    private final int port;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private ServerSocket listener;
    private volatile boolean silent;

    public CuttableProxy(String host, int port) {
        this.target = new InetSocketAddress(host, port);
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        serve(listener);
    }

    public int port() {
        return port;
    }

    /** How many connections there are now. */
    public int connections() {
        return (int) sockets.stream().filter(socket -> !socket.isClosed()).count() / 2;
    }

    /** Ends all connections the hard way, as a broken network does. */
    public void cut() {
        silent = false;
        for (var socket : sockets) {
            reset(socket);
        }
        sockets.clear();
    }

    /** Cuts, and lets nobody connect until {@link #repair()}. */
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
        silent = true;
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
        try {
            var broker = new Socket(target.getAddress(), target.getPort());
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(broker);
            start(() -> copy(client, broker, false));
            copy(broker, client, true);
        } finally {
            client.close();
        }
    }

    private void copy(Socket from, Socket to, boolean answers) throws IOException {
        try (from;
                to) {
            var buffer = new byte[65_536];
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (!(answers && silent)) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
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
                        // The other side has gone, or was cut off: what this is for.
                    }
                },
                "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closed already.
        }
    }
}
