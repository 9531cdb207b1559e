package dev.busbar.route;

import static org.awaitility.Awaitility.await;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.ForeignWire;
import io.vertx.core.buffer.Buffer;

/** A foreign service that answers each request that a key brings with what it was asked, except {@link #UNANSWERED}. */
final class EchoService implements AutoCloseable {

    static final String UNANSWERED = "changes.404.new";

    private final Admin admin;
    private final ForeignWire.Link link;
    private final String queue;
    private final Thread thread = new Thread(this::serve, "foreign service");

    EchoService(BrokerUnderTest broker, String exchange, String key) throws Exception {
        admin = broker.admin();
        queue = exchange + "-echo";
        admin.declareQueue(queue);
        admin.bind(queue, exchange, key);
        link = broker.wire().connect("foreign service");
    }

    void start() {
        thread.start();
    }

    private void serve() {
        try {
            link.consume(queue, 100, request -> {
                if (!request.key().equals(UNANSWERED)) {
                    answer(request);
                }
            });
        } catch (Exception e) {
            // Closed.
        }
    }

    private void answer(Admin.Taken request) {
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .correlationId(request.properties().correlationId())
                .build();
        var echo = Buffer.buffer("{\"echo\":" + request.text() + "}");
        try {
            link.publish(new BridgeMessage("", request.properties().replyTo(), properties, echo), () -> {});
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        link.close();
        await().until(() -> !thread.isAlive());
        admin.deleteQueue(queue);
        admin.close();
    }
}
