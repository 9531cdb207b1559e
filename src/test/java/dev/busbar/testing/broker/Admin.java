package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Arranges what a test needs, and looks at the broker from outside, by a foreign client that knows nothing of bridges.
 * Every method blocks, and throws a {@link RuntimeException} if the broker refuses. Exchange {@code ""} takes a queue's
 * name for the key. May be called from any thread, one at a time.
 */
public interface Admin extends AutoCloseable {

    /** Holds a message taken from a queue, with its properties as the foreign client reads them. */
    record Taken(BridgeMessage message, boolean redelivered) {

        public String text() {
            return message.body().toString();
        }

        public String key() {
            return message.routingKey();
        }

        public MessageProperties properties() {
            return message.properties();
        }

        /** Returns the application header of a name. */
        public Object header(String name) {
            return properties().headers().get(name);
        }
    }

    /** Holds the numbers that a queue reports: of messages that no consumer has in hand, and of consumers. */
    record Status(long messages, int consumers) {}

    boolean queueExists(String queue);

    boolean exchangeExists(String exchange);

    /** Declares a durable queue, which stays until it is deleted. */
    default void declareQueue(String queue) {
        declareQueue(queue, Map.of());
    }

    void declareQueue(String queue, Map<String, Object> arguments);

    /** Declares a durable queue that is deleted with its last consumer. */
    void declareAutoDeleteQueue(String queue);

    /** Declares a queue of this client alone, which is deleted when the client is closed. Returns its name. */
    String declareOwnQueue();

    /** Declares a durable exchange. */
    void declareExchange(String exchange, String type);

    void bind(String queue, String exchange, String key);

    /** Deletes a queue with its messages and consumers, if there is one of that name. */
    void deleteQueue(String queue);

    /** Deletes an exchange with its bindings, if there is one of that name. */
    void deleteExchange(String exchange);

    /** Publishes messages in order, and waits until the broker has confirmed them all. */
    void publish(List<BridgeMessage> messages);

    /** Publishes persistent texts without any other property. */
    default void publish(String exchange, String key, String... bodies) {
        var bare = MessageProperties.builder().persistent(true).build();
        publish(Arrays.stream(bodies)
                .map(body -> new BridgeMessage(exchange, key, bare, Buffer.buffer(body)))
                .toList());
    }

    /** Takes the next message for good; {@code null} if there is none. */
    Taken get(String queue);

    Status status(String queue);

    @Override
    void close();
}
