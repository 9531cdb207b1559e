package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A route from the broker to the event bus. Make one with {@link #builder()}.
 *
 * @param filters empty if a named queue is consumed with the bindings it has, and if it is persistent, not declared
 *     either
 * @param bindingArguments as those of an {@link ExchangeConfig}
 * @param contentType {@code null} for that of each message
 * @param body {@code null} if the content type says how it is read
 * @param where empty if every message may reach a handler
 * @param otherwise {@code null} if there are no conditions
 * @param delivery {@code null} is taken for {@code PUBLISH} from a transient queue, else for {@code REQUEST}
 * @param handlers {@code null} is taken for {@code LOCAL_FIRST} with the scope {@code SINGLETON}, else for {@code ANY}
 * @param scope {@code null} is taken for {@code PER_NODE} if the queue is transient, else for {@code COMPETING}
 * @param duplicateWindow 0 for none
 */
@ConfigSection(
        title = "Inbound routes",
        intro = "From the broker to the event bus. A route is inbound if its `from` has a `filter` or a" + " `queue`.",
        groups = {
            @ConfigSection.Group(
                    name = "from",
                    title = "Where an inbound route begins",
                    required = true,
                    doc = "The filter, the queue or both."),
            @ConfigSection.Group(
                    name = "to",
                    title = "Where an inbound route leads",
                    required = true,
                    doc = "Where messages go on the event bus."),
            @ConfigSection.Group(
                    name = "duplicates",
                    title = "Duplicates",
                    doc = "Whether messages that arrive again are dropped.")
        })
public record InboundRoute(
        @ConfigKey(text = TextKind.ROUTE, required = true, doc = "A name of your choice, unique among the routes.")
        String name,

        @ConfigKey(
                name = "from.filter",
                doc = "The binding keys of the queue: words joined by dots; `*` stands for one word, `#` for"
                        + " any number of words. Without a filter the queue must have a name, and Busbar consumes it"
                        + " with the bindings it has. A `persistent` queue without a filter belongs to others, and"
                        + " unless `from.queue.declare` is `true` Busbar does not declare it: as long as the queue does not exist, the route is down and"
                        + " looks again, with the pauses of `broker.reconnect`. Busbar compares the queue's arguments"
                        + " if any are configured, unless `from.queue.declare` is set.")
        List<TopicFilter> filters,

        @ConfigKey(
                name = "from.broker",
                text = TextKind.BROKER,
                whenAbsent = "the top-level `broker`",
                doc = "The broker that the queue is on, one of `brokers`. Messages that handlers could not handle stay"
                        + " on it.")
        String broker,

        @ConfigKey(
                name = "from.exchange",
                whenAbsent = "the top-level `exchange`",
                inherited = true,
                doc = "The exchange the queue is bound to.")
        ExchangeConfig exchange,

        @ConfigKey(
                name = "from.arguments",
                doc = "Arguments of the bindings. A `headers` exchange compares a message's headers with them, e.g."
                        + " `{x-match: all, format: pdf}`, and ignores the filter, which is `#` then. Without"
                        + " arguments it sends the route every message.")
        Map<String, Object> bindingArguments,

        @ConfigKey(name = "from.queue", doc = "The queue in which messages wait.")
        QueueConfig queue,

        @ConfigKey(name = "from.consumer", doc = "How the route consumes its queue.")
        ConsumerConfig consumer,

        @ConfigKey(
                name = "from.contentType",
                text = TextKind.CONTENT_TYPE,
                whenAbsent = "that of each message",
                doc = "The content type of all messages, in place of their own.")
        String contentType,

        @ConfigKey(
                name = "from.body",
                whenAbsent = "by the content type",
                doc = "What the bodies are read as, whatever the content type says. `json`: JSON; `text`: a `String`;"
                        + " `bytes`: a `Buffer`, compressed if it came so.")
        BodyMode body,

        @ConfigKey(
                name = "from.where",
                doc = "Conditions of a message. One that does not meet all of them reaches no handler of this route;"
                        + " `otherwise` says what becomes of it.")
        List<ConditionConfig> where,

        @ConfigKey(
                name = "from.otherwise",
                whenAbsent = "required with `where`",
                doc =
                        "What becomes of a message that does not meet the conditions. `accept`: Busbar drops it; `reject`:"
                                + " the broker dead-letters it if the queue says so, and else deletes it; `next`: the next route"
                                + " in the list with the same queue gets it. That route has no consumer of its own, and leaves"
                                + " out what is said of the consumer: filter, arguments, queue but for its name, scope and"
                                + " prefetch. Busbar counts all three.")
        Otherwise otherwise,

        @ConfigKey(
                name = "to.address",
                text = TextKind.ADDRESS,
                required = true,
                doc = "The event bus address to which the route sends messages.")
        String address,

        @ConfigKey(
                name = "to.removeHeaders",
                text = TextKind.HEADER,
                doc = "Application headers that handlers do not get.")
        List<String> removeHeaders,

        @ConfigKey(
                name = "to.renameHeaders",
                text = TextKind.HEADER,
                names = TextKind.HEADER,
                doc = "Application headers that handlers get under other names: the new name by the old one.")
        Map<String, String> renameHeaders,

        @ConfigKey(
                name = "to.headers",
                names = TextKind.HEADER,
                doc = "Application headers that handlers get with every message, in place of those of the same names."
                        + " A text is a template, and without a value for a placeholder the header is left out.")
        Map<String, HeaderValue> headers,

        @ConfigKey(
                name = "to.delivery",
                whenAbsent = "`request`, or `publish` from a `transient` queue",
                doc = "How a message goes to the event bus. `request`: to one handler, and settled when the"
                        + " handler has replied, so at least once; without a handler the message waits. `send`: to one"
                        + " handler, and settled at once. `publish`: to all handlers, and settled at once.")
        DeliveryMode delivery,

        @ConfigKey(
                name = "to.handlers",
                whenAbsent = "`local-first` for `singleton`, else `any`",
                doc = "Which handlers `request` and `send` prefer in a cluster. `local-first`: handlers on the"
                        + " node that has the message, and others only while that node has none; `any`: all handlers"
                        + " in turn, on any node. With the scope `per-node`, only handlers on the same node are asked.")
        HandlerPreference handlers,

        @ConfigKey(
                whenAbsent = "`competing`, or `per-node` for a `transient` queue",
                doc = "Which nodes of a cluster get a message. `competing`: any one node; `per-node`: every"
                        + " node; `singleton`: the one active node, while the others stand by.")
        Scope scope,

        @ConfigKey(range = "1 to 65535", byDefault = "250", doc = "How many deliveries may be unsettled at a time.")
        int prefetch,

        @ConfigKey(
                range = "1B to 1024GiB",
                byDefault = "64MiB",
                doc = "How many bytes the unsettled messages may have together with the delivery `request`; one"
                        + " message always passes. Further ones go back to the queue, and Busbar lowers the prefetch"
                        + " while messages are large. Not for `transient` queues and the scope `singleton`.")
        long prefetchBytes,

        @ConfigKey(
                range = "1ms to 24h",
                byDefault = "30s",
                doc = "How long a handler may take to reply. All attempts and the pauses between them together"
                        + " have to be shorter than RabbitMQ's `consumer_timeout`, which is 30 minutes by default: see"
                        + " [Brokers](brokers.md#slow-handlers).")
        Duration timeout,

        @ConfigKey(
                name = "duplicates.window",
                range = "0 to 10000000",
                byDefault = "0",
                doc = "How many ids of settled messages Busbar remembers, to drop a message that arrives again;"
                        + " 0 for none.")
        int duplicateWindow,

        @ConfigKey(doc = "What happens when a handler fails.")
        FailurePolicy onFailure)
        implements RouteConfig {

    public InboundRoute {
        filters = List.copyOf(filters);
        bindingArguments = Arguments.copyOf("from.arguments", bindingArguments);
        where = List.copyOf(where);
        removeHeaders = List.copyOf(removeHeaders);
        renameHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(renameHeaders));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        requireNonNull(exchange, "exchange");
        if (delivery == null) {
            delivery = queue.outlivesConnection() ? DeliveryMode.REQUEST : DeliveryMode.PUBLISH;
        }
        if (scope == null) {
            scope = queue.outlivesConnection() ? Scope.COMPETING : Scope.PER_NODE;
        }
        if (handlers == null) {
            handlers = HandlerPreference.of(scope);
        }
        RecordSection.check(
                InboundRoute.class,
                name,
                filters,
                broker,
                exchange,
                bindingArguments,
                queue,
                consumer,
                contentType,
                body,
                where,
                otherwise,
                address,
                removeHeaders,
                renameHeaders,
                headers,
                delivery,
                handlers,
                scope,
                prefetch,
                prefetchBytes,
                timeout,
                duplicateWindow,
                onFailure);
        InboundRouteRules.check(exchange, filters, bindingArguments, queue, delivery, scope, onFailure);
        InboundRouteRules.checkConditions(where, otherwise, body, contentType, queue);
        InboundRouteRules.checkHeaders(headers, body, contentType);
        InboundRouteRules.checkMapping(removeHeaders, renameHeaders, headers);
    }

    /** Begins a route; its name, address and exchange, and its filters or a named queue, have to be set. */
    public static InboundRouteBuilder builder() {
        return new InboundRouteBuilder(null);
    }

    /** Begins with the values of this one, to change some. */
    public InboundRouteBuilder toBuilder() {
        return new InboundRouteBuilder(this);
    }

    /**
     * Whether the queue is one that others declare and bind: the configuration says so, or the route has no filter to
     * bind it by, and does not say that it declares the queue, or that the queue lives no longer than the route.
     */
    public boolean isOfOthers() {
        return queue.declare() == null ? filters.isEmpty() && queue.life() == QueueLife.PERSISTENT : queue.isOfOthers();
    }

    /** The name of the queue in which messages are parked, if they are. */
    public String parkingQueue() {
        return onFailure.park().queueOf(name, queue);
    }

    /** Whether what a handler has failed waits in the broker for its next attempt. */
    public boolean retriesInBroker() {
        return InboundRouteRules.retriesInBroker(delivery, onFailure);
    }
}
