package dev.busbar.route;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What others have declared on a RabbitMQ, and the route that uses it: from the queue {@code q} or a queue of its own
 * bound to the exchange {@code x}, or to the exchange {@code x}.
 *
 * @param needsDeclaring whether the route has a queue of its own
 * @param arrange declares what others have
 * @param permissions configure, write and read of the route's user
 * @param route the route, with {@code E} for the exchange's and {@code Q} for the queue's name
 * @param published the exchange and the headers of the message that is to arrive
 */
record ExistingSetup(
        String name, boolean needsDeclaring, Arrange arrange, List<String> permissions, String route, Sent published) {

    interface Arrange {
        void on(Channel channel, String exchange, String queue) throws IOException;
    }

    /** Names the exchange, with {@code E}, and the header {@code format}. */
    record Sent(String exchange, String format) {}

    private static final List<String> ALL = List.of(".*", ".*", ".*");
    private static final Sent TO_EXCHANGE = new Sent("E", "pdf");
    private static final String DROP =
            ", 'to': {'address': 'builds', 'delivery': 'request'}, 'onFailure': {'then': 'drop'}}";
    private static final String FROM_QUEUE =
            "{'name': 'in', 'from': {'queue': {'name': 'Q', 'declare': 'passive'}}" + DROP;
    private static final String OUT =
            "{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'a.b', 'exchange': {'name': 'E', 'declare':"
                    + " false}}}";

    private static String ownQueue(String exchange, String more) {
        return "{'name': 'in', 'from': {'filter': '#', 'exchange': {'name': 'E', " + exchange
                + "}, 'queue': {'name': 'Q-own', 'life': 'until-stop'}" + more + "}" + DROP;
    }

    boolean isOutbound() {
        return route.equals(OUT);
    }

    /** Whether its handler refuses the message, which is dead-lettered. */
    boolean isFailing() {
        return route.contains("'failing'");
    }

    boolean isOfPolicy() {
        return name.equals("policy");
    }

    boolean isByDefaultQuorum() {
        return name.equals("default queue type quorum");
    }

    boolean isStream() {
        return name.equals("stream");
    }

    boolean isOverTls() {
        return name.equals("private CA");
    }

    JsonObject routeOf(String exchange, String queue) {
        return RouteFixture.json(route.replace("'E'", "'" + exchange + "'")
                .replace("'E-", "'" + exchange + "-")
                .replace("'Q", "'" + queue));
    }

    AMQP.BasicProperties properties() {
        return new AMQP.BasicProperties.Builder()
                .headers(Map.of("format", published.format()))
                .contentType("application/json")
                .build();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Arrange queue(boolean durable, Map<String, Object> arguments) {
        return (channel, exchange, queue) -> {
            channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true);
            channel.queueDeclare(queue, durable, false, false, arguments);
            channel.queueBind(queue, exchange, "#");
        };
    }

    private static ExistingSetup from(String name, Arrange arrange, List<String> permissions) {
        return new ExistingSetup(name, false, arrange, permissions, FROM_QUEUE, TO_EXCHANGE);
    }

    static List<ExistingSetup> all() {
        return List.of(
                new ExistingSetup(
                        "alternate exchange",
                        true,
                        (channel, exchange, queue) -> channel.exchangeDeclare(
                                exchange, "topic", true, false, Map.of("alternate-exchange", "amq.fanout")),
                        ALL,
                        ownQueue("'declare': 'passive'", ""),
                        TO_EXCHANGE),
                new ExistingSetup(
                        "fanout",
                        true,
                        (channel, exchange, queue) -> channel.exchangeDeclare(exchange, "fanout", true),
                        ALL,
                        ownQueue("'type': 'fanout', 'declare': 'passive'", ""),
                        TO_EXCHANGE),
                new ExistingSetup(
                        "headers with arguments",
                        true,
                        (channel, exchange, queue) -> channel.exchangeDeclare(exchange, "headers", true),
                        ALL,
                        ownQueue(
                                "'type': 'headers', 'declare': false",
                                ", 'arguments': {'x-match': 'all', 'format': 'pdf'}"),
                        TO_EXCHANGE),
                new ExistingSetup(
                        "internal",
                        true,
                        (channel, exchange, queue) -> {
                            channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true, false, true, Map.of());
                            channel.exchangeDeclare(exchange + "-outer", "fanout", true);
                            channel.exchangeBind(exchange, exchange + "-outer", "");
                        },
                        ALL,
                        ownQueue("'internal': true", ""),
                        new Sent("E-outer", "pdf")),
                new ExistingSetup(
                        "auto-delete",
                        true,
                        (channel, exchange, queue) -> {
                            channel.exchangeDeclare(exchange, "topic", true, true, Map.of());
                            channel.queueDeclare(queue, true, false, false, Map.of());
                            channel.queueBind(queue, exchange, "#");
                        },
                        ALL,
                        ownQueue("'autoDelete': true", ""),
                        TO_EXCHANGE),
                from("not durable", queue(false, Map.of()), ALL),
                from(
                        "quorum with five arguments",
                        queue(
                                true,
                                Map.of(
                                        "x-queue-type", "quorum",
                                        "x-max-length", 1_000,
                                        "x-delivery-limit", 7,
                                        "x-overflow", "reject-publish",
                                        "x-message-ttl", 3_600_000)),
                        ALL),
                new ExistingSetup(
                        "stream",
                        false,
                        queue(true, Map.of("x-queue-type", "stream", "x-max-length-bytes", 1_000_000)),
                        ALL,
                        FROM_QUEUE.replace("'Q', ", "'Q', 'type': 'stream', "),
                        TO_EXCHANGE),
                new ExistingSetup(
                        "dead letter of another type",
                        false,
                        (channel, exchange, queue) -> {
                            queue(true, Map.of()).on(channel, exchange, queue);
                            channel.exchangeDeclare(exchange + "-dlx", "fanout", true);
                            channel.queueDeclare(queue + "-dead", true, false, false, Map.of());
                            channel.queueBind(queue + "-dead", exchange + "-dlx", "");
                        },
                        List.of("^$", ".*", ".*"),
                        "{'name': 'in', 'from': {'queue': {'name': 'Q', 'declare': 'passive'}}, 'to': {'address':"
                                + " 'failing', 'delivery': 'request'}, 'onFailure': {'attempts': 1, 'then': 'dead-letter',"
                                + " 'deadLetter': {'exchange': 'E-dlx', 'declare': false}}}",
                        TO_EXCHANGE),
                new ExistingSetup(
                        "default queue type quorum",
                        true,
                        (channel, exchange, queue) -> channel.exchangeDeclare(exchange, "topic", true),
                        ALL,
                        ownQueue("'declare': 'passive'", ""),
                        TO_EXCHANGE),
                from("private CA", queue(true, Map.of()), ALL),
                from("policy", queue(true, Map.of()), ALL),
                from("nothing to configure", queue(true, Map.of()), List.of("^$", ".*", ".*")),
                from("read only", queue(true, Map.of()), List.of("^$", "^$", ".*")),
                new ExistingSetup(
                        "write only", false, queue(true, Map.of()), List.of("^$", ".*", "^$"), OUT, TO_EXCHANGE));
    }
}
