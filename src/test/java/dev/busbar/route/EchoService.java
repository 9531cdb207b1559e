package dev.busbar.route;

import static org.awaitility.Awaitility.await;

import dev.busbar.broker.Admin;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessagePropertiesBuilder;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A foreign service that answers each request that a key brings with what it was asked, except of key
 * {@code changes.404.new}.
 */
final class EchoService implements AutoCloseable {

    private final Admin client;
    private final String queue;
    private final Thread thread = new Thread(this::serve, "foreign service");
    private volatile boolean closed;

    /** @param client for this alone */
    EchoService(Admin client, String exchange, String key) {
        this.client = client;
        this.queue = client.declareOwnQueue();
        client.bind(queue, exchange, key);
    }

    void start() {
        thread.start();
    }

    private void serve() {
        while (!closed) {
            var request = client.get(queue);
            if (request == null) {
                pause();
            } else if (!request.key().equals("changes.404.new")) {
                answer(request);
            }
        }
    }

    private void answer(Admin.Taken request) {
        var properties = MessagePropertiesBuilder.ofJson()
                .correlationId(request.properties().correlationId())
                .build();
        var echo = Buffer.buffer("{\"echo\":" + request.text() + "}");
        client.publish(List.of(new BridgeMessage("", request.properties().replyTo(), properties, echo)));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(2);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        await().until(() -> !thread.isAlive());
        client.close();
    }
}
