package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;

/** Addresses and queues of an Artemis in this JVM, as its administrator makes and sees them. Not for messages. */
final class ArtemisTopologyAdmin implements Admin {

    private interface Command {
        void run() throws Exception;
    }

    private final Supplier<ActiveMQServer> server;

    ArtemisTopologyAdmin(Supplier<ActiveMQServer> server) {
        this.server = server;
    }

    private static void run(Command command) {
        try {
            command.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Queue queue(String name) {
        return server.get().locateQueue(SimpleString.of(name));
    }

    /** How links name it. */
    String qualified(String queue) {
        var found = queue(queue);
        return found == null ? queue : found.getAddress() + "::" + queue;
    }

    @Override
    public boolean queueExists(String queue) {
        return queue(queue) != null;
    }

    @Override
    public boolean exchangeExists(String exchange) {
        return server.get().getAddressInfo(SimpleString.of(exchange)) != null;
    }

    @Override
    public void declareQueue(String queue, Map<String, Object> arguments) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException("no arguments are known: " + arguments);
        }
        run(() -> server.get().createQueue(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST), true));
    }

    @Override
    public void declareAutoDeleteQueue(String queue) {
        run(() -> server.get()
                .createQueue(QueueConfiguration.of(queue)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(false)
                        .setAutoDelete(true)));
    }

    @Override
    public String declareOwnQueue() {
        throw new UnsupportedOperationException();
    }

    /** Artemis has no types but this difference. */
    @Override
    public void declareExchange(String exchange, String type) {
        var routing = type.equals("topic") ? RoutingType.MULTICAST : RoutingType.ANYCAST;
        run(() -> server.get().addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(exchange), routing)));
    }

    /** A queue is at one address for good: an empty one is made anew there, and takes all keys of one filter. */
    @Override
    public void bind(String queue, String exchange, String key) {
        run(() -> {
            server.get().destroyQueue(SimpleString.of(queue));
            server.get()
                    .createQueue(QueueConfiguration.of(queue)
                            .setAddress(exchange)
                            .setRoutingType(RoutingType.MULTICAST)
                            .setFilterString(filter(key)));
        });
    }

    private static String filter(String key) {
        if (key.equals("#")) {
            return null;
        }
        return key.endsWith(".#") ? "JMSType LIKE '" + key.replace(".#", ".%") + "'" : "JMSType = '" + key + "'";
    }

    @Override
    public void deleteQueue(String queue) {
        if (queueExists(queue)) {
            run(() -> server.get().destroyQueue(SimpleString.of(queue), null, false, true));
        }
    }

    @Override
    public void deleteExchange(String exchange) {
        if (exchangeExists(exchange)) {
            run(() -> server.get().removeAddressInfo(SimpleString.of(exchange), null, true));
        }
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
    public Status status(String queue) {
        var found = queue(queue);
        // Those in somebody's hand too: the broker takes a moment to take them back.
        return new Status(found.getMessageCount(), found.getConsumerCount());
    }

    @Override
    public void close() {
        // Has nothing open.
    }
}
