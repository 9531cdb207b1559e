package dev.busbar.faults;

import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.testing.broker.ForeignWire;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A foreign client in a thread of its own, that connects again and again until it is closed. */
abstract class ForeignClient implements AutoCloseable {

    private final ForeignWire wire;
    private final Thread thread;
    private volatile boolean closed;
    private volatile ForeignWire.Link link;

    ForeignClient(ForeignWire wire, String name) {
        this.wire = wire;
        thread = new Thread(this::live, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    interface Use<T> {
        T of(Channel channel) throws Exception;
    }

    /** Once, over AMQP 0-9-1, with a connection of its own, and in this thread. */
    static <T> T use(String uri, Use<T> use) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(uri);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            return use.of(channel);
        }
    }

    /** Uses a connection until it is lost. */
    abstract void use(ForeignWire.Link link) throws Exception;

    /** Whether there is nothing more to do. */
    boolean isDone() {
        return false;
    }

    private void live() {
        while (!closed && !isDone()) {
            try (var opened = wire.connect(thread.getName())) {
                link = opened;
                use(opened);
            } catch (Exception e) {
                // Lost, or not there: what these tests are for.
                pause();
            }
        }
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
        var open = link;
        if (open != null) {
            open.close();
        }
        thread.interrupt();
        await().atMost(Duration.ofSeconds(20)).until(() -> !thread.isAlive());
    }
}
