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
 * bound to the exchange {@code x}, or to the exchange {@code x}. Each is a recipe of the page
 * {@code existing-setups.md}, and tried with exactly the permissions that the page names.
 *
 * @param there what there is, as a sentence
 * @param needsDeclaring whether the route has a queue of its own
 * @param arrange declares what others have
 * @param permissions configure, write and read of the route's user, with {@code E} for the exchange's and {@code Q} for
 *     the queue's name
 * @param route the route, with {@code E} and {@code Q} too
 * @param published the exchange and the headers of the message that is to arrive
 */
record ExistingSetup(
        String name,
        String there,
        boolean needsDeclaring,
        Arrange arrange,
        List<String> permissions,
        String route,
        Sent published) {

    interface Arrange {
        void on(Channel channel, String exchange, String queue) throws IOException;
    }

    /** Names the exchange, with {@code E}, and the header {@code format}. */
    record Sent(String exchange, String format) {}

    private static final String NONE = "^$";
    /** To declare a queue of one's own, and to bind and consume it. */
    private static final List<String> OWN_QUEUE = List.of("^Q-own$", "^Q-own$", "^(E|Q-own)$");

    private static final List<String> READ_QUEUE = List.of(NONE, NONE, "^Q$");
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
        return name.equals("private authority");
    }

    /** Returns the regular expressions that RabbitMQ takes for configure, write and read. */
    List<String> permissionsOf(String exchange, String queue) {
        return permissions.stream()
                .map(it -> it.replace("E", exchange).replace("Q", queue))
                .toList();
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

    private static ExistingSetup from(String name, String there, Arrange arrange) {
        return new ExistingSetup(name, there, false, arrange, READ_QUEUE, FROM_QUEUE, TO_EXCHANGE);
    }

    static List<ExistingSetup> all() {
        return List.of(
                new ExistingSetup(
                        "alternate exchange",
                        "An exchange has an alternate exchange.",
                        true,
                        (channel, exchange, queue) -> channel.exchangeDeclare(
                                exchange, "topic", true, false, Map.of("alternate-exchange", "amq.fanout")),
                        OWN_QUEUE,
                        ownQueue("'declare': 'passive'", ""),
                        TO_EXCHANGE),
                new ExistingSetup(
                        "fanout",
                        "An exchange is a fanout.",
                        true,
                        (channel, exchange, queue) -> channel.exchangeDeclare(exchange, "fanout", true),
                        OWN_QUEUE,
                        ownQueue("'type': 'fanout', 'declare': 'passive'", ""),
                        TO_EXCHANGE),
                new ExistingSetup(
                        "headers",
                        "A headers exchange: the arguments of the binding say which messages come.",
                        true,
                        (channel, exchange, queue) -> channel.exchangeDeclare(exchange, "headers", true),
                        OWN_QUEUE,
                        ownQueue(
                                "'type': 'headers', 'declare': false",
                                ", 'arguments': {'x-match': 'all', 'format': 'pdf'}"),
                        TO_EXCHANGE),
                new ExistingSetup(
                        "internal exchange",
                        "An exchange is internal: others publish to it by way of another exchange.",
                        true,
                        (channel, exchange, queue) -> {
                            channel.exchangeDeclare(exchange, BuiltinExchangeType.TOPIC, true, false, true, Map.of());
                            channel.exchangeDeclare(exchange + "-outer", "fanout", true);
                            channel.exchangeBind(exchange, exchange + "-outer", "");
                        },
                        OWN_QUEUE,
                        ownQueue("'declare': 'passive'", ""),
                        new Sent("E-outer", "pdf")),
                new ExistingSetup(
                        "auto-delete exchange",
                        "An exchange is deleted with its last binding. Busbar declares it alike, so that it comes back"
                                + " if it was gone; with `declare: passive` instead the user need not configure it.",
                        true,
                        (channel, exchange, queue) -> {
                            channel.exchangeDeclare(exchange, "topic", true, true, Map.of());
                            channel.queueDeclare(queue, true, false, false, Map.of());
                            channel.queueBind(queue, exchange, "#");
                        },
                        List.of("^(E|Q-own)$", "^Q-own$", "^(E|Q-own)$"),
                        ownQueue("'autoDelete': true", ""),
                        TO_EXCHANGE),
                from("queue that is not durable", "A queue is not durable.", queue(false, Map.of())),
                from(
                        "quorum queue with arguments",
                        "A quorum queue has a length limit, a delivery limit, an overflow behaviour and a time to live.",
                        queue(
                                true,
                                Map.of(
                                        "x-queue-type", "quorum",
                                        "x-max-length", 1_000,
                                        "x-delivery-limit", 7,
                                        "x-overflow", "reject-publish",
                                        "x-message-ttl", 3_600_000))),
                new ExistingSetup(
                        "stream",
                        "A queue is a stream. Busbar keeps the position in a queue of its own, which it writes to by way"
                                + " of the default exchange.",
                        false,
                        queue(true, Map.of("x-queue-type", "stream", "x-max-length-bytes", 1_000_000)),
                        List.of("^Q\\.position\\.in$", "^(amq\\.default|Q\\.position\\.in)$", "^Q(\\.position\\.in)?$"),
                        FROM_QUEUE.replace("'Q', ", "'Q', 'type': 'stream', "),
                        TO_EXCHANGE),
                new ExistingSetup(
                        "dead-letter exchange of another type",
                        "Failed messages go to a dead-letter exchange that is a fanout.",
                        false,
                        (channel, exchange, queue) -> {
                            queue(true, Map.of()).on(channel, exchange, queue);
                            channel.exchangeDeclare(exchange + "-dlx", "fanout", true);
                            channel.queueDeclare(queue + "-dead", true, false, false, Map.of());
                            channel.queueBind(queue + "-dead", exchange + "-dlx", "");
                        },
                        List.of(NONE, "^E-dlx$", "^Q$"),
                        "{'name': 'in', 'from': {'queue': {'name': 'Q', 'declare': 'passive'}}, 'to': {'address':"
                                + " 'failing', 'delivery': 'request'}, 'onFailure': {'attempts': 1, 'then': 'dead-letter',"
                                + " 'deadLetter': {'exchange': 'E-dlx', 'declare': false}}}",
                        TO_EXCHANGE),
                new ExistingSetup(
                        "default queue type quorum",
                        "The virtual host makes each queue a quorum queue that does not say its type.",
                        true,
                        (channel, exchange, queue) -> channel.exchangeDeclare(exchange, "topic", true),
                        OWN_QUEUE,
                        ownQueue("'declare': 'passive'", ""),
                        TO_EXCHANGE),
                from(
                        "private authority",
                        "The broker's certificate is of an authority of the company's own.",
                        queue(true, Map.of())),
                from("policy", "A policy limits the length of a queue and lets it expire.", queue(true, Map.of())),
                from(
                        "read only",
                        "The user may read one queue, and neither configure nor write anything.",
                        queue(true, Map.of())),
                new ExistingSetup(
                        "write only",
                        "The user may write to one exchange, and neither configure nor read anything.",
                        false,
                        queue(true, Map.of()),
                        List.of(NONE, "^E$", NONE),
                        OUT,
                        TO_EXCHANGE));
    }
}
