package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.BrokerVersion;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.RabbitMqArguments;
import dev.busbar.broker.Topology;
import java.util.List;
import java.util.Map;

/**
 * Evens out where Apache Qpid Broker-J understands AMQP 0-9-1 differently from RabbitMQ.
 *
 * <ul>
 *   <li>It reads {@code expiration} as the time of expiry, in milliseconds since 1970, not as a time to live: a time to
 *       live would expire every message on arrival.
 *   <li>It writes the {@code reply-to} of a message that entered by AMQP 1.0 as one of its own URLs.
 *   <li>It requeues messages rejected without {@code requeue}, so that a consumer would get them for ever.
 *   <li>Of several deliveries requeued by one {@code basic.nack} it requeues only the last, and the others when the
 *       channel closes.
 *   <li>It tells no consumer that its queue has been deleted.
 *   <li>Its queues have other arguments; it refuses those of RabbitMQ that it does not know.
 *   <li>It obeys {@code channel.flow}, which RabbitMQ refuses.
 *   <li>It sends {@code basic.nack} before the {@code basic.return} that explains it.
 *   <li>It accepts NaN and infinity among the headers.
 * </ul>
 *
 * @param brokerJ whether the broker is a Broker-J
 * @param rabbitMq the version of a RabbitMQ, e.g. {@code 4.3.6}; empty for any other broker
 */
record BrokerDifferences(boolean brokerJ, String rabbitMq) {

    /** Stands for a broker of which nothing special is known. */
    static final BrokerDifferences COMMON = new BrokerDifferences(false, "");

    private static final String BINDING_URL_PREFIX = "direct:////";
    private static final String ROUTING_KEY_PREFIX = "?routingkey='";

    private static final List<String> COPY_HEADERS = List.of("CC", "BCC");
    private static final String DIRECT_REPLY_TO = "amq.rabbitmq.reply-to";

    /**
     * Recognises a broker by its properties. Broker-J is known by properties that only it has: its product is named
     * after whatever it is packed into.
     *
     * @param serverProperties of {@code connection.start}
     */
    static BrokerDifferences of(Map<String, Object> serverProperties) {
        return new BrokerDifferences(
                serverProperties.keySet().stream().anyMatch(name -> name.startsWith("qpid.")),
                "RabbitMQ".equals(String.valueOf(serverProperties.get("product")))
                        ? String.valueOf(serverProperties.get("version"))
                        : "");
    }

    /** Returns whether the broker limits redeliveries unless told otherwise; see {@link RabbitMqArguments#of}. */
    boolean limitsDeliveries() {
        return BrokerVersion.major(rabbitMq) >= 4;
    }

    boolean isRabbitMq() {
        return !rabbitMq.isEmpty();
    }

    /** Returns the arguments of a topology's queue on this broker. */
    RabbitMqArguments arguments(Topology topology) {
        return isRabbitMq() ? RabbitMqArguments.of(topology, limitsDeliveries()) : RabbitMqArguments.plain(topology);
    }

    /** Returns what this broker does that others do not; see {@link dev.busbar.broker.BrokerConnection#traits}. */
    BrokerTraits traits() {
        return isRabbitMq() ? BrokerTraits.ofRabbitMq(rabbitMq) : brokerJ ? BrokerTraits.BROKER_J : BrokerTraits.NONE;
    }

    boolean rejectionRequeues() {
        return brokerJ;
    }

    boolean requeuesEachByItself() {
        return brokerJ;
    }

    /** Returns whether a client may hold deliveries back by {@code channel.flow}. */
    boolean obeysFlow() {
        return brokerJ;
    }

    boolean announcesCancellation() {
        return !brokerJ;
    }

    boolean returnsAfterNack() {
        return brokerJ;
    }

    /** Returns the arguments that bound a queue; see {@link dev.busbar.broker.BrokerConnection#arguments}. */
    Map<String, Object> arguments(QueueBounds bounds) {
        return brokerJ ? bounds.forBrokerJ() : bounds.forRabbitMq();
    }

    /**
     * Returns the properties as this broker expects them, the expiration translated from a time to live.
     *
     * @throws IllegalArgumentException naming what this broker would close the connection or channel over, and the
     *     remedy
     */
    AMQP.BasicProperties outgoing(AMQP.BasicProperties properties) {
        if (!brokerJ && properties.getHeaders() != null) {
            properties.getHeaders().forEach(BrokerDifferences::requireFinite);
        }
        if (!rabbitMq.isEmpty()) {
            requireAccepted(properties);
        }
        return brokerJ && isNumber(properties.getExpiration())
                ? withExpiration(properties, System.currentTimeMillis() + Long.parseLong(properties.getExpiration()))
                : properties;
    }

    /** Requires that numbers are finite. RabbitMQ answers NaN and infinity with 541 and the end of the connection. */
    private static void requireFinite(String header, Object value) {
        if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw new IllegalArgumentException("header '" + header + "' is or holds the number " + value
                        + ", over which RabbitMQ closes the connection; send it as a string, or leave it out");
            }
        } else if (value instanceof Map<?, ?> table) {
            table.values().forEach(inner -> requireFinite(header, inner));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> requireFinite(header, inner));
        }
    }

    /**
     * Requires that RabbitMQ takes the properties: it answers others with 406 and the end of the channel, over which
     * everything in flight is lost.
     */
    private static void requireAccepted(AMQP.BasicProperties properties) {
        for (var copies : COPY_HEADERS) {
            if (properties.getHeaders() != null
                    && properties.getHeaders().containsKey(copies)
                    && !(properties.getHeaders().get(copies) instanceof List)) {
                throw new IllegalArgumentException("header '" + copies + "' names further routing keys to RabbitMQ, and"
                        + " has to be a list of strings; call it otherwise if it means something else");
            }
        }
        if (DIRECT_REPLY_TO.equals(properties.getReplyTo())) {
            throw new IllegalArgumentException(
                    "reply-to '" + DIRECT_REPLY_TO + "' asks for an answer on the channel that"
                            + " publishes, where nobody waits for it; name a queue");
        }
    }

    /**
     * Returns the properties as other brokers send them: the expiration as what is left of the time to live, and the
     * reply address as the name of a queue.
     */
    AMQP.BasicProperties incoming(AMQP.BasicProperties properties) {
        var translated = brokerJ && isNumber(properties.getExpiration())
                ? withExpiration(
                        properties,
                        Math.max(0, Long.parseLong(properties.getExpiration()) - System.currentTimeMillis()))
                : properties;
        return brokerJ
                        && translated.getReplyTo() != null
                        && translated.getReplyTo().startsWith(BINDING_URL_PREFIX)
                ? translated.builder().replyTo(queue(translated.getReplyTo())).build()
                : translated;
    }

    private static String queue(String url) {
        var queue = url.substring(BINDING_URL_PREFIX.length());
        return queue.startsWith(ROUTING_KEY_PREFIX) && queue.endsWith("'")
                ? queue.substring(ROUTING_KEY_PREFIX.length(), queue.length() - 1)
                : queue;
    }

    private static boolean isNumber(String text) {
        return text != null && text.matches("[0-9]{1,18}");
    }

    private static AMQP.BasicProperties withExpiration(AMQP.BasicProperties properties, long millis) {
        return properties.builder().expiration(Long.toString(millis)).build();
    }
}
