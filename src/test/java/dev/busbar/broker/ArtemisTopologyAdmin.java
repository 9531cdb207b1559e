package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Addresses and queues of an Artemis, as its administrator makes and sees them. Not for messages. */
final class ArtemisTopologyAdmin implements Admin {

    private static final String ANYCAST = "ANYCAST";
    private static final String MULTICAST = "MULTICAST";

    private final ArtemisConsole console;

    ArtemisTopologyAdmin(ArtemisConsole console) {
        this.console = console;
    }

    /** How links name a queue. */
    String qualified(String queue) {
        var found = console.queue(queue);
        return found == null ? queue : found.getString("address") + "::" + queue;
    }

    @Override
    public boolean queueExists(String queue) {
        return console.queue(queue) != null;
    }

    @Override
    public boolean exchangeExists(String exchange) {
        return List.of(((String) console.call("listAddresses", ",")).split(",")).contains(exchange);
    }

    private void create(String queue, String address, String routingType, JsonObject others) {
        var configuration = others.put("name", queue)
                .put("address", address)
                .put("routing-type", routingType)
                .put("auto-create-address", true);
        console.call("createQueue", configuration.encode(), true);
    }

    @Override
    public void declareQueue(String queue, Map<String, Object> arguments) {
        create(queue, queue, ANYCAST, new JsonObject(arguments).copy().put("durable", true));
    }

    @Override
    public void declareAutoDeleteQueue(String queue) {
        create(queue, queue, ANYCAST, new JsonObject().put("durable", false).put("auto-delete", true));
    }

    @Override
    public String declareOwnQueue() {
        throw new UnsupportedOperationException();
    }

    /** Artemis has no types but this difference. */
    @Override
    public void declareExchange(String exchange, String type) {
        console.call("createAddress", exchange, type.equals("topic") ? MULTICAST : ANYCAST);
    }

    /** A queue is at one address for good: one just declared is made anew there. */
    @Override
    public void bind(String queue, String exchange, String key) {
        deleteQueue(queue);
        var filter = key.equals("#") ? "" : "(" + selector(key) + ") OR AMQAddress = '" + exchange + "::" + queue + "'";
        create(queue, exchange, MULTICAST, new JsonObject().put("durable", true).put("filter-string", filter));
    }

    /** As the bridge writes it, who may find the queue. */
    private static String selector(String key) {
        if (key.matches("\\w+\\.[*]")) {
            return "JMSType LIKE '" + key.replace("*", "%") + "' AND JMSType NOT LIKE '%.%.%'";
        } else if (key.matches("\\w+\\.#")) {
            return "JMSType = '" + key.replace(".#", "") + "' OR JMSType LIKE '" + key.replace("#", "%") + "'";
        } else if (key.matches("[\\w.-]+")) {
            return "JMSType = '" + key + "'";
        }
        throw new IllegalArgumentException("not foreseen: " + key);
    }

    @Override
    public void deleteQueue(String queue) {
        if (queueExists(queue)) {
            console.call("destroyQueue", queue, true);
        }
    }

    @Override
    public void deleteExchange(String exchange) {
        if (exchangeExists(exchange)) {
            console.call("deleteAddress", exchange, true);
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

    /** Counts what somebody has in hand too: the broker takes a moment to take it back. */
    @Override
    public Status status(String queue) {
        var found = console.queue(queue);
        return new Status(
                Long.parseLong(found.getString("messageCount")), Integer.parseInt(found.getString("consumerCount")));
    }

    @Override
    public void close() {
        console.close();
    }
}
