package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes and inspects the addresses and queues of an Artemis, as its administrator does. Not for messages. */
final class ArtemisTopologyAdmin implements Admin {

    private static final String ANYCAST = "ANYCAST";
    private static final String MULTICAST = "MULTICAST";

    private final ArtemisConsole console;
    private final Map<String, String> addresses = new HashMap<>();

    ArtemisTopologyAdmin(ArtemisConsole console) {
        this.console = console;
    }

    /** Returns the name by which links address a queue, whose address never changes. */
    String qualified(String queue) {
        var known = addresses.get(queue);
        if (known == null) {
            var found = console.queue(queue);
            known = found == null ? null : found.getString("address");
            addresses.put(queue, known);
        }
        return known == null ? queue : known + "::" + queue;
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

    /** Declares an address: multicast for the type {@code topic}, else anycast. Artemis has no other types. */
    @Override
    public void declareExchange(String exchange, String type) {
        console.call("createAddress", exchange, type.equals("topic") ? MULTICAST : ANYCAST);
    }

    /** Binds a queue. A queue is at one address for good, so a queue just declared is made anew there. */
    @Override
    public void bind(String queue, String exchange, String key) {
        deleteQueue(queue);
        var filter = key.equals("#") ? "" : "(" + selector(key) + ") OR AMQAddress = '" + exchange + "::" + queue + "'";
        create(queue, exchange, MULTICAST, new JsonObject().put("durable", true).put("filter-string", filter));
    }

    /** Returns the selector of a key, as the bridge writes it. */
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
        addresses.remove(queue);
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

    /**
     * Returns the numbers of a queue. Counts messages that a consumer has in hand too, because the broker takes a
     * moment to take them back.
     */
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
