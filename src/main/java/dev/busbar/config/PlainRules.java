package dev.busbar.config;

import java.util.List;

/**
 * Refuses what needs more of a broker than addresses, for {@link BrokerDialect#PLAIN}: Busbar has no words there to
 * declare, to bind or to compare anything.
 */
final class PlainRules {

    private static final String[] DIALECT = {"broker.dialect", "broker.uri"};

    private PlainRules() {}

    /** @param path of the route */
    static List<Problem> check(String path, RouteConfig route) {
        Findings findings = new Findings();
        if (route instanceof InboundRoute in) {
            queue(findings, path + ".from", in);
            failures(findings, path + ".onFailure", in.onFailure());
        } else if (route instanceof OutboundRoute out && out.exchanges().isEmpty()) {
            prefix(findings, path + ".to.exchange", out.exchange().name());
        } else if (route instanceof OutboundRoute out) {
            for (int i = 0; i < out.exchanges().size(); i++) {
                prefix(
                        findings,
                        path + ".to.exchanges[" + i + "]",
                        out.exchanges().get(i).name());
            }
        }
        return findings.all();
    }

    private static void queue(Findings findings, String path, InboundRoute route) {
        QueueConfig queue = route.queue();
        findings.unless(
                        route.filters().isEmpty(),
                        path + ".filter",
                        route.filters(),
                        "needs a queue that Busbar binds, and with broker.dialect: plain it binds none",
                        "Remove it, and write the address of a queue or topic as from.queue",
                        DIALECT)
                .unless(
                        !route.filters().isEmpty() || route.isOfOthers(),
                        path + ".queue",
                        queue.name(),
                        "would be declared, and with broker.dialect: plain Busbar declares none",
                        "Write the address of one that exists, without life and without declare: true",
                        DIALECT)
                .unless(
                        queue.type() == QueueType.CLASSIC,
                        path + ".queue.type",
                        Types.kebab(queue.type()),
                        "is a type of queue of RabbitMQ's, and with broker.dialect: plain all are read alike",
                        "Remove it, or set broker.dialect to rabbitmq4",
                        DIALECT)
                .unless(
                        queue.arguments().isEmpty() || queue.declare() != null,
                        path + ".queue.arguments",
                        null,
                        "cannot be compared with those of the queue with broker.dialect: plain",
                        "Remove them, or set from.queue.declare to false, which says that they are so",
                        DIALECT)
                .unless(
                        route.consumer().equals(ConsumerConfig.PLAIN),
                        path + ".consumer",
                        null,
                        "cannot be told to the broker with broker.dialect: plain",
                        "Remove it",
                        DIALECT);
    }

    private static void failures(Findings findings, String path, FailurePolicy onFailure) {
        findings.unless(
                        onFailure.then() != FailureAction.DEAD_LETTER
                                || !onFailure.deadLetter().declare(),
                        path + ".deadLetter",
                        null,
                        "would be declared, and with broker.dialect: plain Busbar declares nothing",
                        "Name a queue that exists, e.g. {exchange: \"\", queue: orders.failed, declare: false}; or set"
                                + " onFailure.then to reject or drop",
                        DIALECT)
                .unless(
                        onFailure.then() != FailureAction.PARK
                                || !onFailure.park().declare(),
                        path + ".park",
                        null,
                        "would be declared, and with broker.dialect: plain Busbar declares nothing",
                        "Name a queue that exists, e.g. {queue: orders.parked, declare: false}",
                        DIALECT);
        DeadLetterConfig deadLetter = onFailure.deadLetter();
        if (onFailure.then() != FailureAction.DEAD_LETTER || deadLetter.declare()) {
            return;
        }
        findings.unless(
                deadLetter.exchange() != null && deadLetter.fixedKey() != null,
                path + ".deadLetter",
                deadLetter.exchange(),
                "names no address, which with broker.dialect: plain does not follow from that of the message",
                "Set exchange to \"\" and queue to the address; or exchange to what the address begins with, and key to"
                        + " its rest",
                DIALECT);
        if (deadLetter.exchange() != null) {
            prefix(findings, path + ".deadLetter.exchange", deadLetter.exchange());
        }
    }

    private static void prefix(Findings findings, String path, String exchange) {
        findings.unless(
                ExchangeConfig.isAddressPrefix(exchange),
                path,
                exchange,
                "ends with a letter or a digit. With broker.dialect: plain an exchange is what addresses begin with, and"
                        + " the key follows it",
                "Write e.g. \"topic://\" or \"queue://\", or \"\" if the key is the whole address",
                "broker.dialect",
                "broker.uri",
                "exchange.");
    }

    /** Finds what subscribes at run time, for which Busbar would have to bind a queue. */
    static List<Problem> check(BrokerConfig broker, SubscriptionsConfig subscriptions, WebConfig web) {
        boolean plain = broker.dialect() == BrokerDialect.PLAIN;
        Findings findings = new Findings();
        findings.unless(
                !plain || !web.enabled() || web.roles().isEmpty(),
                "web.roles",
                null,
                "are for browsers and masters, who subscribe at run time, and with broker.dialect: plain Busbar binds no"
                        + " queue for them",
                "Remove the roles, or set web.enabled to false; health and metrics are on the management port",
                "broker.dialect",
                "broker.uri",
                "web.enabled");
        findings.unless(
                !plain || !subscriptions.control().enabled(),
                "subscriptions.control.enabled",
                true,
                "lets code subscribe at run time, and with broker.dialect: plain Busbar binds no queue for it",
                "Set it to false, and use routes",
                DIALECT);
        return findings.all();
    }
}
