package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What must hold within one inbound route, between its keys. */
final class InboundRouteRules {

    static final Problem FROM_NOTHING = new Problem(
                    "from",
                    null,
                    "names neither a filter nor a queue to consume",
                    "Add a filter, e.g. builds.*.finished, or the name of a queue; or an address, if the route leads to"
                            + " the broker")
            .involving("from.filter", "from.queue.");

    private static final String CASE_ONLY = "differs from another header in case only";

    private static final String SINGLE_ACTIVE = "x-single-active-consumer";

    private InboundRouteRules() {}

    /** @throws InvalidConfigException with every problem */
    static void check(
            ExchangeConfig exchange,
            List<TopicFilter> filters,
            Map<String, Object> bindingArguments,
            QueueConfig queue,
            DeliveryMode delivery,
            Scope scope,
            FailurePolicy onFailure) {
        boolean retriesInBroker = retriesInBroker(delivery, onFailure);
        flags(new Findings(), filters, queue)
                .unless(!filters.isEmpty() || queue.name() != null, FROM_NOTHING)
                .unless(
                        filters.isEmpty() || !exchange.name().isEmpty(),
                        "from.filter",
                        filters,
                        "cannot be applied: no queue can be bound to the default exchange",
                        "Name another exchange, or remove the filter and name the queue",
                        "from.exchange.")
                .unless(
                        !exchange.type().equals("direct") || filters.stream().noneMatch(InboundRouteRules::isPattern),
                        "from.filter",
                        filters,
                        "has wildcards, which the direct exchange " + exchange.name() + " takes literally",
                        "Use a topic exchange, or filters without * and #",
                        "from.exchange.")
                .unless(
                        filters.isEmpty() || !queue.isOfOthers(),
                        "from.filter",
                        filters,
                        "cannot be applied: the queue " + queue.name()
                                + " belongs to others, as declare says, and Busbar" + " binds it to nothing",
                        "Remove the filter, or set from.queue.declare to true",
                        "from.queue.")
                .unless(
                        !filters.isEmpty() || bindingArguments.isEmpty(),
                        "from.arguments",
                        null,
                        "are for the binding of a queue, and without a filter Busbar binds none",
                        "Add from.filter, '#' for a headers exchange; or remove the arguments",
                        "from.filter")
                .unless(
                        scope != Scope.SINGLETON
                                || !queue.isOfOthers()
                                || Boolean.TRUE.equals(queue.arguments().get(SINGLE_ACTIVE)),
                        "scope",
                        "singleton",
                        "needs a queue with a single active consumer, and the queue " + queue.name()
                                + " belongs to others, so that Busbar neither declares nor compares it",
                        "Have it declared with " + SINGLE_ACTIVE + ", and say so in from.queue.arguments; or set scope"
                                + " to competing",
                        "from.queue.")
                .unless(
                        !retriesInBroker
                                || queue.outlivesConnection() && queue.durable() && queue.type() != QueueType.STREAM,
                        "onFailure.wait",
                        "broker",
                        "needs a queue to which messages can come back: a durable one that is no stream",
                        "Set it to memory, or give from.queue a name, and the type classic or quorum, and leave out durable")
                .unless(
                        onFailure.then() != FailureAction.REJECT || queue.type() != QueueType.STREAM,
                        "onFailure.then",
                        "reject",
                        "means nothing to a stream, which keeps every message",
                        "Set it to dead-letter, park or drop",
                        "from.queue.type")
                .unless(
                        onFailure.then() != FailureAction.REJECT
                                || !retriesInBroker
                                || queue.delaysRetries()
                                || queue.hasDeadLetterKey(),
                        "onFailure.then",
                        "reject",
                        "loses the routing key with wait: broker: a message that has waited comes back under the name of"
                                + " the queue, and the queue's dead-letter exchange gets it under that, which a binding to"
                                + " the original key does not match",
                        "Set wait to memory; or name an x-dead-letter-routing-key in from.queue.arguments; or set then to"
                                + " dead-letter, park or drop",
                        "onFailure.wait",
                        "from.queue.")
                .unless(
                        !retriesInBroker
                                || queue.name() == null
                                || TextKind.fitsShortString(
                                        queue.delayed(onFailure.backoff().max())),
                        "from.queue.name",
                        queue.name(),
                        "is too long: the names of the queues in which messages wait between attempts begin with it",
                        "Make it shorter, or set onFailure.wait to memory")
                .raise();
        refuseOwn(exchange, filters, queue, onFailure);
    }

    /** Refuses a flag of a queue that Busbar only looks for, because the route has no filter. */
    private static Findings flags(Findings findings, List<TopicFilter> filters, QueueConfig queue) {
        return findings.unless(
                queue.durable()
                        || !filters.isEmpty()
                        || queue.declare() != null
                        || queue.life() != QueueLife.PERSISTENT,
                "from.queue.durable",
                "false",
                "is for a queue that Busbar declares, and without a filter Busbar only looks for this one",
                "Remove it, or set from.queue.declare to true, or add a filter",
                "from.filter",
                "from.queue.declare");
    }

    /** Refuses places for failed messages from where they would come back to the route at once, and for ever. */
    private static void refuseOwn(
            ExchangeConfig exchange, List<TopicFilter> filters, QueueConfig queue, FailurePolicy onFailure) {
        DeadLetterConfig deadLetter = onFailure.deadLetter();
        String key = deadLetter.fixedKey();
        boolean comesBack =
                filters.isEmpty() && key == null || filters.stream().anyMatch(it -> key == null || it.matches(key));
        new Findings()
                .unless(
                        !exchange.name().equals(deadLetter.exchange())
                                || exchange.name().isEmpty()
                                || !comesBack,
                        "onFailure.deadLetter",
                        deadLetter.exchange(),
                        "is the exchange of the route, from which a dead letter would come back to it",
                        "Name another exchange, or a key that no filter of the route matches",
                        "from.exchange.",
                        "from.filter")
                .unless(
                        queue.name() == null || !queue.name().equals(deadLetter.queue()),
                        "onFailure.deadLetter.queue",
                        deadLetter.queue(),
                        "is the queue of the route, from which a dead letter would come back to it",
                        "Name another queue",
                        "from.queue.name")
                .unless(
                        queue.name() == null
                                || !queue.name().equals(onFailure.park().queue()),
                        "onFailure.park.queue",
                        onFailure.park().queue(),
                        "is the queue of the route, from which a parked message would come back to it",
                        "Name another queue",
                        "from.queue.name")
                .unless(
                        onFailure.park().queue() == null || !queue.isNamedByNode(),
                        "onFailure.park.queue",
                        onFailure.park().queue(),
                        "is one queue for all nodes, but each node has a queue of its own, to which messages are put back",
                        "Remove it: each node has a parking queue of its own then",
                        "from.queue.name")
                .raise();
    }

    /** @throws InvalidConfigException with every problem */
    static void checkConditions(
            List<ConditionConfig> where, Otherwise otherwise, BodyMode body, String contentType, QueueConfig queue) {
        boolean pointers = where.stream().anyMatch(it -> it.pointer() != null);
        new Findings()
                .unless(
                        where.isEmpty() || otherwise != null,
                        "from.otherwise",
                        null,
                        "is missing: it says how messages that do not meet the conditions are settled",
                        "Set it to accept, to drop them, to reject, to leave them to the queue's own dead-lettering, or to next,"
                                + " to pass them on to the next route with that queue",
                        "from.where")
                .unless(
                        !where.isEmpty() || otherwise == null,
                        "from.otherwise",
                        otherwise == null ? null : Types.kebab(otherwise),
                        "has no conditions",
                        "Add some as from.where, or remove it",
                        "from.where")
                .unless(
                        !pointers || BodyMode.mayBeJson(body, contentType),
                        "from.where",
                        null,
                        notJson(body),
                        "Use headers only, or set from.body to json",
                        "from.body",
                        "from.contentType")
                .unless(
                        otherwise != Otherwise.REJECT || queue.type() != QueueType.STREAM,
                        "from.otherwise",
                        "reject",
                        "means nothing to a stream, which keeps every message",
                        "Set it to accept",
                        "from.queue.type")
                .raise();
    }

    /** @throws InvalidConfigException with every problem */
    static void checkHeaders(Map<String, HeaderValue> headers, BodyMode body, String contentType) {
        Findings findings = new Findings();
        headers.forEach((name, value) -> findings.unless(
                !value.hasPointer() || BodyMode.mayBeJson(body, contentType),
                "to.headers." + name,
                value,
                notJson(body),
                "Use headers only, or set from.body to json",
                "from.body",
                "from.contentType"));
        findings.raise();
    }

    /** @throws InvalidConfigException with every problem */
    static void checkMapping(List<String> removed, Map<String, String> renamed, Map<String, HeaderValue> headers) {
        Findings findings = new Findings();
        // Without case, as HeaderMapping applies them: the event bus has no case in headers.
        Set<String> gone = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        gone.addAll(removed);
        Set<String> from = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Set<String> to = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        renamed.forEach((name, other) -> {
            String path = "to.renameHeaders." + name;
            findings.unless(from.add(name), path, null, CASE_ONLY, "Remove one of the two")
                    .unless(
                            to.add(other),
                            path,
                            other,
                            "is the new name of another header too, so that one of the two would be lost",
                            "Use another name, or remove one of the two")
                    .unless(
                            !gone.contains(name),
                            path,
                            null,
                            "is removed by to.removeHeaders, so that nothing is left to rename",
                            "Remove it here or there",
                            "to.removeHeaders");
        });
        Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.keySet()
                .forEach(name ->
                        findings.unless(set.add(name), "to.headers." + name, null, CASE_ONLY, "Remove one of the two"));
        findings.raise();
    }

    private static String notJson(BodyMode body) {
        return "has a pointer into the body, which " + (body == null ? "from.contentType" : "from.body")
                + " keeps from being read as JSON";
    }

    static boolean retriesInBroker(DeliveryMode delivery, FailurePolicy onFailure) {
        return delivery == DeliveryMode.REQUEST
                && onFailure.retryWait() == RetryWait.BROKER
                && onFailure.attempts() > 1;
    }

    private static boolean isPattern(TopicFilter filter) {
        return filter.toString().matches(".*[*#].*");
    }
}
