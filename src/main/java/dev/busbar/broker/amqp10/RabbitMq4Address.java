package dev.busbar.broker.amqp10;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes and reads addresses of RabbitMQ 4, "address v2": names percent-encoded by RFC 3986 between slashes. */
final class RabbitMq4Address {

    private static final String EXCHANGES = "/exchanges/";
    private static final String QUEUES = "/queues/";

    private RabbitMq4Address() {}

    static String exchange(String name) {
        return EXCHANGES + encode(name);
    }

    static String queue(String name) {
        return QUEUES + encode(name);
    }

    /** Returns where a message goes; the default exchange has no address, but its queues have. */
    static String to(String exchange, String routingKey) {
        return exchange.isEmpty() ? queue(routingKey) : exchange(exchange) + "/" + encode(routingKey);
    }

    /** Returns the path of a queue's binding without arguments. */
    static String binding(String exchange, String queue, String key) {
        return "/bindings/src=" + encode(exchange) + ";dstq=" + encode(queue) + ";key=" + encode(key) + ";args=";
    }

    /**
     * Returns the path of a binding that does not exist. The path of a binding with arguments ends with a number that
     * RabbitMQ computes of them, and this one ends with letters.
     */
    static String bindingWithoutEqual(String exchange, String queue, String key) {
        return binding(exchange, queue, key) + "busbar-check";
    }

    /** Returns the name of a queue from its address, or the whole if this is no queue's address. */
    static String queueOf(String address) {
        return address.startsWith(QUEUES) ? decode(address.substring(QUEUES.length())) : address;
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String decode(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
