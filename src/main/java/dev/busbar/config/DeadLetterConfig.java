package dev.busbar.config;

/**
 * Where dead letters go. The names that are {@code null} follow from the exchange of the route.
 *
 * @param key {@code null} for the message's own
 */
@ConfigSection(
        title = "Dead-letter exchange",
        intro = "For `then: dead-letter`. A bare text is the name of the exchange.",
        shorthand = "exchange")
public record DeadLetterConfig(
        @ConfigKey(
                text = TextKind.EXCHANGE,
                whenAbsent = "the name of the route's exchange and `.dead-letter`",
                doc = "The exchange to which dead letters are published. Busbar declares it as a durable `topic`;"
                        + " with `declare: false` it may be of any type. `\"\"` is the default exchange, which leads"
                        + " to `queue`.")
        String exchange,

        @ConfigKey(
                text = TextKind.ROUTING_KEY,
                whenAbsent = "the message's own",
                doc = "The routing key of dead letters.")
        String key,

        @ConfigKey(
                text = TextKind.QUEUE,
                whenAbsent = "the name of the dead-letter exchange; none with `declare: false`",
                doc = "The durable queue that Busbar declares and binds to the exchange. With `declare: false` it is"
                        + " the queue that the [console](console.md#dead-letters) shows.")
        String queue,

        @ConfigKey(
                byDefault = "true",
                doc = "Whether Busbar declares the exchange and the queue and binds them. If not, it publishes to what"
                        + " is there, and needs no permission but to write to the exchange. A dead letter that nothing"
                        + " takes stays in the queue of the route, which is degraded until somebody declares what is"
                        + " missing.")
        boolean declare) {

    private static final String SUFFIX = ".dead-letter";
    private static final String PREDEFINED_PREFIX = "amq.";
    private static final String OWNER_OF_PREDEFINED_EXCHANGE = "busbar";

    public DeadLetterConfig {
        RecordSection.check(DeadLetterConfig.class, exchange, key, queue, declare);
        new Findings()
                .unless(
                        !"".equals(exchange) || queue != null,
                        "queue",
                        null,
                        "is missing: the default exchange leads to a queue by its name",
                        "Name the queue, or another exchange",
                        "exchange")
                .unless(
                        !"".equals(exchange) || key == null,
                        "key",
                        key,
                        "means nothing to the default exchange, where the name of the queue is the key",
                        "Remove it",
                        "exchange")
                .unless(
                        !declare || exchange == null || !exchange.startsWith(PREDEFINED_PREFIX),
                        "exchange",
                        exchange,
                        "is the broker's own, to which Busbar binds no queue for dead letters",
                        "Set declare to false and bind a queue, or name another exchange",
                        "declare")
                .raise();
    }

    /** Returns the name of the exchange for a route that consumes from another exchange. */
    public String exchangeOf(ExchangeConfig route) {
        if (exchange != null) {
            return exchange;
        }
        String owner = route.name().startsWith(PREDEFINED_PREFIX)
                ? OWNER_OF_PREDEFINED_EXCHANGE + "." + route.name()
                : route.name();
        return (owner.isEmpty() ? OWNER_OF_PREDEFINED_EXCHANGE : owner) + SUFFIX;
    }

    /** Returns the name of the queue for a route that consumes from an exchange; {@code null} if it is not known. */
    public String queueOf(ExchangeConfig route) {
        return queue != null || !declare ? queue : exchangeOf(route);
    }

    /** Returns the routing key of all dead letters; {@code null} if each has its own. */
    public String fixedKey() {
        return "".equals(exchange) ? queue : key;
    }
}
