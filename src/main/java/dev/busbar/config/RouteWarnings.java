package dev.busbar.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what is allowed in a route, but probably not meant. */
final class RouteWarnings {

    /** How long RabbitMQ waits for a settlement by default. */
    private static final Duration DEFAULT_CONSUMER_TIMEOUT = Duration.ofMinutes(30);

    private static final String DELIVERY_LIMIT_ARGUMENT = "x-delivery-limit";
    /** The consumer timeout of one queue, on RabbitMQ 4. */
    private static final String CONSUMER_TIMEOUT_ARGUMENT = "x-consumer-timeout";

    private static final String PLACES = "dead-letter or park";

    private final BusbarConfig config;
    private final List<Problem> warnings = new ArrayList<>();

    private RouteWarnings(BusbarConfig config) {
        this.config = config;
    }

    static List<Problem> of(BusbarConfig config) {
        RouteWarnings found = new RouteWarnings(config);
        List<RouteConfig> routes = RouteChains.joined(config.routes());
        int[] before = RouteChains.before(routes);
        for (int i = 0; i < routes.size(); i++) {
            String path = "routes[" + i + "]";
            found.address(path, routes.get(i));
            if (routes.get(i) instanceof InboundRoute in) {
                found.reject(
                        path + ".onFailure.then", in.onFailure().then() == FailureAction.REJECT, in.queue(), PLACES);
                found.reject(path + ".from.otherwise", in.otherwise() == Otherwise.REJECT, in.queue(), "accept");
                found.inbound(path, in, before[i] < 0);
            } else if (routes.get(i) instanceof OutboundRoute out) {
                found.buffer(path + ".buffer.bytes", out);
            }
        }
        found.besideChains(routes);
        FailurePolicy persistent = config.subscriptions().persistent().onFailure();
        found.reject(PersistentConfig.THEN, persistent.then() == FailureAction.REJECT, null, PLACES);
        return found.warnings;
    }

    /** Warns of a route that competes with routes that pass messages on to each other, and gets only some messages. */
    private void besideChains(List<RouteConfig> routes) {
        int[] before = RouteChains.before(routes);
        Map<OnBroker, Integer> ends = new HashMap<>();
        for (int i = 0; i < before.length; i++) {
            if (routes.get(i) instanceof InboundRoute in && in.queue().name() != null) {
                OnBroker queue = new OnBroker(in.broker(), in.queue().name());
                if (before[i] >= 0) {
                    ends.put(queue, i);
                } else if (ends.containsKey(queue)) {
                    String end = "routes[" + ends.get(queue) + "]";
                    add(
                            "routes[" + i + "].from.queue",
                            in.queue().name(),
                            "is consumed by this route beside " + end + " and those before it, so that a message comes"
                                    + " either here or there",
                            "Set from.otherwise of " + end + " to next, or use another queue");
                }
            }
        }
    }

    private void address(String path, RouteConfig route) {
        if (route.address().startsWith("mq:") || TextKind.isPattern(route.address())) {
            add(
                    path + (route instanceof InboundRoute ? ".to.address" : ".from.address"),
                    route.address(),
                    "is an event bus address like any other: there are no wildcards there, and no mq:",
                    "Write the address that handlers or senders use; filters are for from.filter and web.roles");
        }
    }

    /** @param consumes whether the route has a consumer of its own, and so is the one to warn of the queue for */
    private void inbound(String path, InboundRoute route, boolean consumes) {
        if (consumes) {
            headersExchange(path, route);
        }
        BrokerConfig broker = config.brokerOf(route);
        if (broker.isEmbedded()) {
            if (consumes) {
                embeddedQueue(path + ".from.queue", route.queue());
            }
        } else if (mayBeRabbitMq(broker) && route.delivery() == DeliveryMode.REQUEST) {
            consumerTimeout(path, route);
            deliveryLimit(path + ".from.queue", route);
        }
    }

    /**
     * Warns of a rejection that may delete the message.
     *
     * @param queue {@code null} for one whose arguments cannot be configured
     * @param instead what else can be configured at that path
     */
    private void reject(String path, boolean rejects, QueueConfig queue, String instead) {
        if (rejects && (queue == null || !queue.hasDeadLetterExchange())) {
            add(
                    path,
                    "reject",
                    "lets the broker delete the message, unless the queue has a dead-letter exchange. None is configured"
                            + " here; one that a policy, or Artemis's dead-letter-address, gives it cannot be seen from"
                            + " here",
                    queue == null
                            ? "See to it that a policy gives the queue one, or set it to " + instead
                            : "See to it that a policy gives the queue one, or name it as x-dead-letter-exchange in"
                                    + " from.queue.arguments, or set it to " + instead);
        }
    }

    /** Warns, and does not refuse it: to get everything may be meant, and works. */
    private void headersExchange(String path, InboundRoute route) {
        if (route.exchange().type().equals("headers")
                && !route.filters().isEmpty()
                && route.bindingArguments().isEmpty()) {
            add(
                    path + ".from.filter",
                    route.filters().toString(),
                    "is no condition for the headers exchange "
                            + route.exchange().name()
                            + ", which compares headers with the arguments of the binding; without arguments the route"
                            + " gets every message",
                    "Say which headers in from.arguments, e.g. {x-match: all, format: pdf}");
        }
    }

    private static boolean mayBeRabbitMq(BrokerConfig broker) {
        return switch (broker.dialect()) {
            case AUTO, RABBITMQ, RABBITMQ4 -> true;
            case QPID, ARTEMIS, PLAIN -> false;
        };
    }

    private void consumerTimeout(String path, InboundRoute route) {
        Duration longest = route.onFailure().longest(route.timeout());
        boolean own = route.queue().arguments().get(CONSUMER_TIMEOUT_ARGUMENT) instanceof Number;
        Duration patience = own
                ? Duration.ofMillis(((Number) route.queue().arguments().get(CONSUMER_TIMEOUT_ARGUMENT)).longValue())
                : DEFAULT_CONSUMER_TIMEOUT;
        if (route.queue().type() != QueueType.STREAM && longest.compareTo(patience) > 0) {
            add(
                    path + ".timeout",
                    Durations.format(route.timeout()),
                    "lets a message stay unsettled for up to " + inWords(longest) + ", with "
                            + route.onFailure().attempts() + " attempts and the pauses between them. After "
                            + inWords(patience)
                            + (own
                                    ? ", as " + CONSUMER_TIMEOUT_ARGUMENT + " says,"
                                    : ", unless its consumer_timeout says otherwise,")
                            + " a RabbitMQ takes a message back and delivers it again, perhaps to another node",
                    "Make it shorter, or set onFailure.wait to broker, or onFailure.attempts or onFailure.backoff.max to"
                            + " less; or raise "
                            + (own ? CONSUMER_TIMEOUT_ARGUMENT : "consumer_timeout in rabbitmq.conf"));
        }
    }

    private static String inWords(Duration duration) {
        return duration.toMinutes() >= 2 ? duration.toMinutes() + " minutes" : Durations.format(duration);
    }

    /** Warns because RabbitMQ does not tell Busbar of messages that exceed a limit. */
    private void deliveryLimit(String path, InboundRoute route) {
        QueueConfig queue = route.queue();
        if (queue.type() != QueueType.QUORUM
                || !(queue.arguments().get(DELIVERY_LIMIT_ARGUMENT) instanceof Number limit)
                || limit.longValue() < 0) {
            return;
        }
        int attempts = route.onFailure().attempts();
        if (route.retriesInBroker() && queue.delaysRetries() && limit.longValue() < attempts - 1) {
            add(
                    path + ".arguments." + DELIVERY_LIMIT_ARGUMENT,
                    limit.toString(),
                    "is reached before the " + attempts + " attempts of onFailure, which RabbitMQ counts: it then"
                            + " removes the message, and onFailure.then is not applied",
                    "Remove it, which means no limit, or make it at least " + (attempts - 1));
        } else if (!queue.hasDeadLetterExchange()) {
            add(
                    path + ".arguments." + DELIVERY_LIMIT_ARGUMENT,
                    limit.toString(),
                    "makes RabbitMQ delete a message that has come back more often, after lost connections or handlers"
                            + " slower than its consumer_timeout, and onFailure.then is not applied",
                    "Remove it, which means no limit, or name an x-dead-letter-exchange beside it");
        }
    }

    private void embeddedQueue(String path, QueueConfig queue) {
        if (queue.outlivesConnection()
                && queue.durable()
                && config.broker().embedded().inMemory()) {
            add(
                    path + ".life",
                    Types.kebab(queue.life()),
                    "promises more than the embedded broker's memory keeps: the queue is gone when this process ends",
                    "Set broker.embedded.store to a folder");
        }
        queue.arguments().keySet().stream()
                .filter(it -> it.startsWith("x-") && !it.startsWith("x-qpid-"))
                .forEach(it -> add(
                        path + ".arguments." + it,
                        null,
                        "is an argument of RabbitMQ's, which the embedded broker may refuse",
                        "Remove it, or set broker.uri to a RabbitMQ"));
    }

    private void buffer(String path, OutboundRoute route) {
        BufferConfig buffer = route.buffer();
        long longest = config.brokerOf(route).maxMessageBytes();
        if (buffer.bytes() < longest) {
            add(
                    path,
                    Sizes.format(buffer.bytes()),
                    "cannot hold a message of broker.maxMessageSize, " + Sizes.format(longest),
                    "Make it larger, or broker.maxMessageSize smaller");
        }
    }

    private void add(String path, String value, String message, String remedy) {
        warnings.add(new Problem(path, value, message, remedy));
    }
}
