package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A foreign client, which knows nothing of bridges: arranges what a test needs, and looks at the broker from outside.
 * All of it blocks, and throws a {@link RuntimeException} if the broker refuses. Exchange {@code ""} takes a queue's
 * name for the key. Any thread, one at a time.
 */
public interface Admin extends AutoCloseable {

    /** A message taken from a queue; its properties as the foreign client reads them. */
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

        /** The application header of this name. */
        public Object header(String name) {
            return properties().headers().get(name);
        }
    }

    /** What a queue says of itself: messages that nobody has in hand, and who consumes them. */
    record Status(long messages, int consumers) {}

    boolean queueExists(String queue);

    boolean exchangeExists(String exchange);

    /** Durable, and there until it is deleted. */
    default void declareQueue(String queue) {
        declareQueue(queue, Map.of());
    }

    void declareQueue(String queue, Map<String, Object> arguments);

    /** Durable, but it goes with its last consumer. */
    void declareAutoDeleteQueue(String queue);

    /** Of this client alone: it goes when this is closed. Returns its name. */
    String declareOwnQueue();

    /** Durable. */
    void declareExchange(String exchange, String type);

    void bind(String queue, String exchange, String key);

    /** With all it holds, whoever consumes it; none of that name is fine too. */
    void deleteQueue(String queue);

    /** With its bindings; none of that name is fine too. */
    void deleteExchange(String exchange);

    /** Publishes in order, and waits until the broker has them all. */
    void publish(List<BridgeMessage> messages);

    /** Persistent texts without any other property. */
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
