package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;

final class InboundSection {

    static final Key<String> NAME =
            Key.required("name", Names.ROUTE, "A name of your choice, unique among the routes.");
    static final Key<List<TopicFilter>> FILTERS = Key.of(
            "filter",
            new ListOf<>(Types.parsed("filter", "builds.*.finished", TopicFilter::parse, it -> {}), true),
            List.of(),
            "What the queue is bound by: words joined by dots; `*` is any word, `#` any number of them. Without a filter"
                    + " the queue must have a name, and is consumed with the bindings it has; a `persistent` one is not"
                    + " declared either, but one of others: as long as it does not exist, the route is down and looks"
                    + " for it again, with the pauses of `broker.reconnect`. Its arguments are compared if any are"
                    + " configured.");
    static final Key<QueueConfig> QUEUE =
            Key.of("queue", QueueSection.TYPE, QueueSection.DEFAULT, "Where messages wait to be delivered.");
    static final Key<String> ADDRESS = Key.required("address", Names.ADDRESS, "The event bus address it feeds.");
    static final Key<DeliveryMode> DELIVERY = Key.optional(
            "delivery",
            Types.choice(DeliveryMode.class),
            "`request` from a durable queue, else `publish`",
            "`request`: to one handler, and settled when it has replied, so at least once; without a handler the message"
                    + " waits. `send`: to one handler, and `publish`: to all, settled at once.");
    static final Key<HandlerPreference> HANDLERS = Key.optional(
            "handlers",
            Types.choice(HandlerPreference.class),
            "`local-first` for `singleton`, else `any`",
            "Which handlers `request` and `send` prefer in a cluster. `local-first`: those on the node that has the"
                    + " message, and others only while it has none; `any`: all in turn, on whatever node. With"
                    + " `per-node` there are no others.");
    static final Key<Scope> SCOPE = Key.optional(
            "scope",
            Types.choice(Scope.class),
            "`competing` for a durable queue, else `per-node`",
            "Who in a cluster gets a message. `competing`: one node of all; `per-node`: every node; `singleton`: the one"
                    + " active node, while the others stand by.");
    static final Key<Integer> PREFETCH =
            Key.of("prefetch", Types.integer(1, 65_535), 250, "How many deliveries may be unsettled at a time.");
    static final Key<Long> PREFETCH_BYTES = Key.of(
            "prefetchBytes",
            Sizes.between(1, 1L << 40),
            64L << 20,
            "How large the unsettled deliveries of the delivery `request` may be together; one always passes. What is"
                    + " beyond goes back to the queue, and the prefetch is less while messages are large. Not for"
                    + " `transient` queues and the scope `singleton`.");
    static final Key<Duration> TIMEOUT = Key.of(
            "timeout",
            Durations.between(Duration.ofMillis(1), Duration.ofHours(24)),
            Duration.ofSeconds(30),
            "How long a handler may take to reply. With all attempts and the pauses between them, less than RabbitMQ's"
                    + " `consumer_timeout`, 30 minutes unless it is set: see [Brokers](brokers.md#slow-handlers).");
    static final Key<Integer> WINDOW = Key.of(
            "window",
            Types.integer(0, 10_000_000),
            0,
            "How many settled message ids are remembered, to drop a message that comes again; 0 for none.");
    static final Key<FailurePolicy> ON_FAILURE =
            Key.of("onFailure", FailureSection.TYPE, FailureSection.DEFAULT, "What happens when a handler fails.");

    private static final Section<To> TO = new Section<>(
            "Where an inbound route leads",
            "",
            List.of(ADDRESS.from(To::address), DELIVERY.from(To::delivery), HANDLERS.from(To::handlers)),
            it -> new To(it.get(ADDRESS), it.get(DELIVERY), it.get(HANDLERS)));
    private static final Key<To> TO_KEY = Key.required("to", TO, "Where messages go on the event bus.");

    private static final Section<Integer> DUPLICATES =
            new Section<>("Duplicates", "", List.of(WINDOW.from(window -> window)), it -> it.get(WINDOW));
    private static final Key<Integer> DUPLICATES_KEY =
            Key.of("duplicates", DUPLICATES, WINDOW.fallback(), "Whether messages that come again are dropped.");

    private InboundSection() {}

    /** @param shared the exchange of routes that name none */
    static Section<InboundRoute> of(ExchangeConfig shared) {
        Key<ExchangeConfig> exchange = exchange(shared, "The exchange the queue is bound to.");
        Section<From> from = new Section<>(
                "Where an inbound route begins",
                "",
                List.of(FILTERS.from(From::filters), exchange.from(From::exchange), QUEUE.from(From::queue)),
                it -> new From(it.get(FILTERS), it.get(exchange) == null ? shared : it.get(exchange), it.get(QUEUE)));
        Key<From> fromKey = Key.required("from", from, "The filter, the queue or both.");
        return new Section<>(
                "Inbound routes",
                "From the broker to the event bus. A route is inbound if its `from` has a `filter` or a `queue`.",
                List.of(
                        NAME.from(InboundRoute::name),
                        fromKey.from(it -> new From(it.filters(), it.exchange(), it.queue())),
                        TO_KEY.from(it -> new To(it.address(), it.delivery(), it.handlers())),
                        SCOPE.from(InboundRoute::scope),
                        PREFETCH.from(InboundRoute::prefetch),
                        PREFETCH_BYTES.from(InboundRoute::prefetchBytes),
                        TIMEOUT.from(InboundRoute::timeout),
                        DUPLICATES_KEY.from(InboundRoute::duplicateWindow),
                        ON_FAILURE.from(InboundRoute::onFailure)),
                it -> build(it, it.get(fromKey), it.get(TO_KEY)));
    }

    static Key<ExchangeConfig> exchange(ExchangeConfig shared, String meaning) {
        return new Key<>("exchange", ExchangeSection.TYPE, false, shared, "the top-level `exchange`", meaning);
    }

    private static InboundRoute build(Section.Values it, From from, To to) {
        boolean lasting = from.queue.isDurable();
        Scope scope = it.get(SCOPE) != null ? it.get(SCOPE) : lasting ? Scope.COMPETING : Scope.PER_NODE;
        return new InboundRoute(
                it.get(NAME),
                from.exchange,
                from.filters,
                from.queue,
                to.address,
                to.delivery != null ? to.delivery : lasting ? DeliveryMode.REQUEST : DeliveryMode.PUBLISH,
                scope,
                it.get(PREFETCH),
                it.get(PREFETCH_BYTES),
                it.get(TIMEOUT),
                it.get(ON_FAILURE),
                it.get(DUPLICATES_KEY),
                to.handlers != null ? to.handlers : HandlerPreference.of(scope));
    }

    private record From(List<TopicFilter> filters, ExchangeConfig exchange, QueueConfig queue) {}

    private record To(String address, DeliveryMode delivery, HandlerPreference handlers) {}
}
