package dev.busbar.faults;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The blocking Java client in a thread of its own, that connects again and again until it is closed. */
abstract class ForeignClient implements AutoCloseable {

    private final ConnectionFactory factory = new ConnectionFactory();
    private final Thread thread;
    private volatile boolean closed;
    private volatile Connection connection;

    ForeignClient(String uri, String name) throws Exception {
        factory.setUri(uri);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(3_000);
        factory.setHandshakeTimeout(3_000);
        factory.setRequestedHeartbeat(5);
        thread = new Thread(this::live, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    interface Use<T> {
        T of(Channel channel) throws Exception;
    }

    /** Once, with a connection of its own, and in this thread. */
    static <T> T use(String uri, Use<T> use) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(uri);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            return use.of(channel);
        }
    }

    /** Uses a channel until it, or the connection, is lost. */
    abstract void use(Channel channel) throws Exception;

    /** Whether there is nothing more to do. */
    boolean isDone() {
        return false;
    }

    private void live() {
        while (!closed && !isDone()) {
            try (var opened = factory.newConnection(thread.getName())) {
                connection = opened;
                use(opened.createChannel());
            } catch (Exception e) {
                // Lost, or not there: what these tests are for.
                pause();
            }
        }
    }

    /** Until the channel is lost, or this is closed. */
    static void whileOpen(Channel channel) throws InterruptedException {
        var lost = new CountDownLatch(1);
        channel.addShutdownListener(signal -> lost.countDown());
        lost.await();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        var open = connection;
        if (open != null) {
            open.abort(1_000);
        }
        thread.interrupt();
        await().atMost(Duration.ofSeconds(20)).until(() -> !thread.isAlive());
    }
}
