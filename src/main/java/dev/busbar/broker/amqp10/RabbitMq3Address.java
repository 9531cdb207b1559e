package dev.busbar.broker.amqp10;

import dev.busbar.topic.TopicFilter;

/**
 * Writes and reads addresses of the AMQP 1.0 plugin of RabbitMQ 3. The plugin takes {@code %2F} for a slash and every
 * other character for itself, and only ASCII arrives in names as it was sent.
 */
final class RabbitMq3Address {

    /** The address for a sender to the default exchange, where the subject of each message is the name of a queue. */
    static final String DEFAULT_EXCHANGE = "/queue";

    private static final String EXCHANGE = "/exchange/";
    private static final String DECLARED_QUEUE = "/queue/";
    private static final String QUEUE = "/amq/queue/";
    private static final String SLASH = "%2F";

    private RabbitMq3Address() {}

    /** Returns the address for a sender to an exchange, where the subject of each message is its routing key. */
    static String exchange(String name) {
        return name.isEmpty() ? DEFAULT_EXCHANGE : EXCHANGE + encode(name);
    }

    /** Returns the address for a receiver that makes a queue, bound with this filter. */
    static String binding(String exchange, TopicFilter filter) {
        return EXCHANGE + encode(exchange) + "/" + encode(filter.toString());
    }

    /** Returns the address of a queue that exists. */
    static String queue(String name) {
        return QUEUE + encode(name);
    }

    /** Returns the address of a queue that is declared by attaching to it, as durable as the terminus. */
    static String declaredQueue(String name) {
        return DECLARED_QUEUE + encode(name);
    }

    /**
     * Returns where a message goes, for those who receive it: the plugin does not look at the {@code to} of a message.
     */
    static String to(String exchange, String routingKey) {
        return exchange.isEmpty() ? DECLARED_QUEUE + routingKey : EXCHANGE + encode(exchange) + "/" + routingKey;
    }

    /** Returns the exchange of an address made by {@link #to}, or {@code otherwise} if this is no such address. */
    static String exchangeOf(String to, String otherwise) {
        if (to == null || to.startsWith(DECLARED_QUEUE)) {
            return to == null ? otherwise : "";
        }
        var end = to.indexOf('/', EXCHANGE.length());
        return to.startsWith(EXCHANGE) && end > 0 ? decode(to.substring(EXCHANGE.length(), end)) : otherwise;
    }

    /** Returns the name of a queue from its address, or the whole if this is no queue's address. */
    static String queueOf(String address) {
        for (var prefix : new String[] {DECLARED_QUEUE, QUEUE}) {
            if (address.startsWith(prefix)) {
                return decode(address.substring(prefix.length()));
            }
        }
        return address;
    }

    private static String encode(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > '~') {
                throw new IllegalArgumentException(
                        "'" + name + "' cannot be addressed over AMQP 1.0 on RabbitMQ 3, which"
                                + " reads names as ASCII: use a name without '" + name.charAt(i) + "', or amqp://");
            }
        }
        if (name.contains(SLASH)) {
            throw new IllegalArgumentException("'" + name + "' cannot be addressed over AMQP 1.0 on RabbitMQ 3, which"
                    + " takes " + SLASH + " for a slash: use a name without, or amqp://");
        }
        return name.replace("/", SLASH);
    }

    private static String decode(String name) {
        return name.replace(SLASH, "/");
    }
}
