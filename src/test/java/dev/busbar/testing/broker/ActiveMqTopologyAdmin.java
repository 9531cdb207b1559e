package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.testing.ActiveMqNode;
import java.util.List;
import java.util.Map;

/** Makes and inspects the queues of an ActiveMQ Classic, from within it. Not for messages. */
final class ActiveMqTopologyAdmin implements Admin {

    private static final String QUEUE = "queue://";

    private final ActiveMqNode node;

    ActiveMqTopologyAdmin(ActiveMqNode node) {
        this.node = node;
    }

    @Override
    public boolean queueExists(String queue) {
        return node.destinations().containsKey(QUEUE + queue);
    }

    @Override
    public void declareQueue(String queue, Map<String, Object> arguments) {
        node.createQueue(queue);
    }

    @Override
    public void deleteQueue(String queue) {
        node.deleteQueue(queue);
    }

    /** Returns the numbers of a queue. Counts messages that a consumer has in hand too. */
    @Override
    public Status status(String queue) {
        return new Status(node.destinations().getOrDefault(QUEUE + queue, 0L), node.consumers(queue));
    }

    @Override
    public boolean exchangeExists(String exchange) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void declareAutoDeleteQueue(String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String declareOwnQueue() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void declareExchange(String exchange, String type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bind(String queue, String exchange, String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteExchange(String exchange) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void publish(List<BridgeMessage> messages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Taken get(String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
