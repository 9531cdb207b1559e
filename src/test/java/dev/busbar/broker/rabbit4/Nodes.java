package dev.busbar.broker.rabbit4;

import dev.busbar.topic.TopicFilter;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.AmqpError;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.message.Message;

/** Exchanges, queues and bindings of the stand-in, and the way of a message through them. */
public final class Nodes {

    /** A queue with what it holds and who consumes it. */
    public static final class StoredQueue {
        final Map<?, ?> properties;
        final Object owner;
        final Queue<Message> messages = new ArrayDeque<>();
        final List<ProtonSender> consumers = new ArrayList<>();
        final List<DeliveryState> outcomes = new ArrayList<>();

        StoredQueue(Map<?, ?> properties, Object owner) {
            this.properties = properties;
            this.owner = owner;
        }

        /** Of deliveries, in the order they came. */
        public List<DeliveryState> outcomes() {
            return outcomes;
        }

        public List<ProtonSender> consumers() {
            return consumers;
        }
    }

    record Binding(String exchange, String queue, TopicFilter filter) {}

    final Map<String, Map<?, ?>> exchanges = new HashMap<>();
    final Map<String, StoredQueue> queues = new LinkedHashMap<>();
    final List<Binding> bindings = new ArrayList<>();

    public Map<String, Map<?, ?>> exchanges() {
        return exchanges;
    }

    public Map<String, StoredQueue> queues() {
        return queues;
    }

    void ended(ProtonSession session) {
        queues.values().forEach(queue -> queue.consumers.removeIf(link -> link.getSession() == session));
    }

    void disconnected(Object connection) {
        queues.values().removeIf(queue -> queue.owner == connection);
    }

    /** Routes by the message's {@code to}. */
    DeliveryState publish(Message message) {
        var to = ServerAddress.parse(message.getAddress());
        if (to == null) {
            return rejected(AmqpError.PRECONDITION_FAILED, "bad 'to' address string: " + message.getAddress());
        }
        if (!to.exchange().isEmpty() && !exchanges.containsKey(to.exchange())) {
            return rejected(AmqpError.NOT_FOUND, "no exchange '" + to.exchange() + "' in vhost '/'");
        }
        var routed = to.exchange().isEmpty()
                ? queues.entrySet().stream()
                        .filter(it -> it.getKey().equals(to.key()))
                        .map(Map.Entry::getValue)
                        .toList()
                : bindings.stream()
                        .filter(it -> it.exchange().equals(to.exchange())
                                && it.filter().matches(to.key()))
                        .map(it -> queues.get(it.queue()))
                        .distinct()
                        .toList();
        if (routed.isEmpty()) {
            return Released.getInstance();
        }
        if (routed.stream().anyMatch(queue -> "reject-publish".equals(argument(queue, "x-overflow")))) {
            return new Rejected();
        }
        annotate(message, to);
        routed.forEach(queue -> {
            queue.messages.add(message);
            pump(queue);
        });
        return Accepted.getInstance();
    }

    private static Object argument(StoredQueue queue, String name) {
        return queue.properties.get("arguments") instanceof Map<?, ?> arguments ? arguments.get(name) : null;
    }

    private static void annotate(Message message, ServerAddress to) {
        var annotations = new HashMap<Symbol, Object>();
        if (message.getMessageAnnotations() != null) {
            annotations.putAll(message.getMessageAnnotations().getValue());
        }
        annotations.put(Symbol.valueOf("x-exchange"), to.exchange());
        annotations.put(Symbol.valueOf("x-routing-key"), to.key());
        message.setMessageAnnotations(new MessageAnnotations(annotations));
    }

    private static DeliveryState rejected(Symbol condition, String description) {
        var state = new Rejected();
        state.setError(new ErrorCondition(condition, description));
        return state;
    }

    void pump(StoredQueue queue) {
        for (var consumer : queue.consumers) {
            while (!consumer.sendQueueFull() && !queue.messages.isEmpty()) {
                consumer.send(queue.messages.remove(), settled -> queue.outcomes.add(settled.getRemoteState()));
            }
        }
    }
}
