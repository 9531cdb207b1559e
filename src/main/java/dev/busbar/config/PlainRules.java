package dev.busbar.config;

import java.util.List;

/**
 * Refuses what needs more of a broker than addresses, for {@link BrokerDialect#PLAIN}: Busbar has no words there to
 * declare, to bind or to compare anything.
 */
final class PlainRules {

    private final String dialect;
    private final String[] involved;
    private final Findings findings = new Findings();

    /** @param described the key that describes the broker, e.g. {@code brokers.plant} */
    private PlainRules(String described) {
        this.dialect = described + ".dialect";
        this.involved = new String[] {dialect, described + ".uri"};
    }

    /**
     * Checks a route to or from such a broker.
     *
     * @param path of the route
     * @param described the key that describes the broker
     */
    static List<Problem> check(String path, String described, RouteConfig route, ClusterConfig cluster) {
        PlainRules rules = new PlainRules(described);
        rules.check(path, route, cluster);
        return rules.findings.all();
    }

    private void check(String path, RouteConfig route, ClusterConfig cluster) {
        if (route instanceof InboundRoute in) {
            findings.unless(
                    !cluster.enabled() || in.scope() != Scope.SINGLETON,
                    path + ".scope",
                    Types.kebab(in.scope()),
                    "needs a queue that gives its messages to one of its consumers, and with " + dialect
                            + ": plain nothing tells whether this is one",
                    "Set it to competing",
                    involved);
            queue(path + ".from", in);
            failures(path + ".onFailure", in.onFailure());
        } else if (route instanceof OutboundRoute out && out.exchanges().isEmpty()) {
            prefix(path + ".to.exchange", out.exchange().name());
        } else if (route instanceof OutboundRoute out) {
            for (int i = 0; i < out.exchanges().size(); i++) {
                prefix(path + ".to.exchanges[" + i + "]", out.exchanges().get(i).name());
            }
        }
    }

    private void queue(String path, InboundRoute route) {
        QueueConfig queue = route.queue();
        findings.unless(
                        route.filters().isEmpty(),
                        path + ".filter",
                        route.filters(),
                        "needs a queue that Busbar binds, and with " + dialect + ": plain it binds none",
                        "Remove it, and write the address of a queue or topic as from.queue",
                        involved)
                .unless(
                        !route.filters().isEmpty() || route.isOfOthers(),
                        path + ".queue",
                        queue.name(),
                        "would be declared, and with " + dialect + ": plain Busbar declares none",
                        "Write the address of one that exists, without life and without declare: true",
                        involved)
                .unless(
                        queue.type() == QueueType.CLASSIC,
                        path + ".queue.type",
                        Types.kebab(queue.type()),
                        "is a type of queue of RabbitMQ's, and with " + dialect + ": plain all are read alike",
                        "Remove it, or set " + dialect + " to rabbitmq4",
                        involved)
                .unless(
                        queue.arguments().isEmpty() || queue.declare() != null,
                        path + ".queue.arguments",
                        null,
                        "cannot be compared with those of the queue with " + dialect + ": plain",
                        "Remove them, or set from.queue.declare to false, which says that they are so",
                        involved)
                .unless(
                        route.consumer().equals(ConsumerConfig.PLAIN),
                        path + ".consumer",
                        null,
                        "cannot be told to the broker with " + dialect + ": plain",
                        "Remove it",
                        involved);
    }

    private void failures(String path, FailurePolicy onFailure) {
        findings.unless(
                        onFailure.then() != FailureAction.DEAD_LETTER
                                || !onFailure.deadLetter().declare(),
                        path + ".deadLetter",
                        null,
                        "would be declared, and with " + dialect + ": plain Busbar declares nothing",
                        "Name a queue that exists, e.g. {exchange: \"\", queue: orders.failed, declare: false}; or set"
                                + " onFailure.then to reject or drop",
                        involved)
                .unless(
                        onFailure.then() != FailureAction.PARK
                                || !onFailure.park().declare(),
                        path + ".park",
                        null,
                        "would be declared, and with " + dialect + ": plain Busbar declares nothing",
                        "Name a queue that exists, e.g. {queue: orders.parked, declare: false}",
                        involved);
        DeadLetterConfig deadLetter = onFailure.deadLetter();
        if (onFailure.then() != FailureAction.DEAD_LETTER || deadLetter.declare()) {
            return;
        }
        findings.unless(
                deadLetter.exchange() != null && deadLetter.fixedKey() != null,
                path + ".deadLetter",
                deadLetter.exchange(),
                "names no address, which with " + dialect + ": plain does not follow from that of the message",
                "Set exchange to \"\" and queue to the address; or exchange to what the address begins with, and key to"
                        + " its rest",
                involved);
        if (deadLetter.exchange() != null) {
            prefix(path + ".deadLetter.exchange", deadLetter.exchange());
        }
    }

    private void prefix(String path, String exchange) {
        findings.unless(
                ExchangeConfig.isAddressPrefix(exchange),
                path,
                exchange,
                "ends with a letter or a digit. With " + dialect
                        + ": plain an exchange is what addresses begin with, and" + " the key follows it",
                "Write e.g. \"topic://\" or \"queue://\", or \"\" if the key is the whole address",
                dialect,
                involved[1],
                "exchange.");
    }

    /** Finds what subscribes at run time, for which Busbar would have to bind a queue. */
    static List<Problem> check(BrokerConfig broker, SubscriptionsConfig subscriptions, WebConfig web) {
        PlainRules rules = new PlainRules("broker");
        rules.subscriptions(broker.dialect() == BrokerDialect.PLAIN, subscriptions, web);
        return rules.findings.all();
    }

    private void subscriptions(boolean plain, SubscriptionsConfig subscriptions, WebConfig web) {
        findings.unless(
                !plain || !web.enabled() || web.roles().isEmpty(),
                "web.roles",
                null,
                "are for browsers and masters, who subscribe at run time, and with " + dialect
                        + ": plain Busbar binds no" + " queue for them",
                "Remove the roles, or set web.enabled to false; health and metrics are on the management port",
                dialect,
                involved[1],
                "web.enabled");
        findings.unless(
                !plain || !subscriptions.control().enabled(),
                "subscriptions.control.enabled",
                true,
                "lets code subscribe at run time, and with " + dialect + ": plain Busbar binds no queue for it",
                "Set it to false, and use routes",
                involved);
    }
}
