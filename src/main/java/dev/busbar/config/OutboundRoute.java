package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import dev.busbar.topic.KeyTemplate;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A route from the event bus to the broker. Make one with {@link #builder()}.
 *
 * @param exchange its name is a template if there are exchanges
 * @param body {@code null} if the body and the content type say how it is written
 * @param exchanges those that messages may name; empty if all messages go to the one exchange
 */
@ConfigSection(
        title = "Outbound routes",
        intro = "From the event bus to the broker. A route is outbound if its `from` has an `address`.",
        groups = {
            @ConfigSection.Group(
                    name = "from",
                    title = "Where an outbound route begins",
                    required = true,
                    doc = "Where messages come from on the event bus."),
            @ConfigSection.Group(
                    name = "to",
                    title = "Where an outbound route leads",
                    required = true,
                    doc = "Where messages go on the broker.")
        })
public record OutboundRoute(
        @ConfigKey(text = TextKind.ROUTE, required = true, doc = "A name of your choice, unique among the routes.")
        String name,

        @ConfigKey(
                name = "from.address",
                text = TextKind.ADDRESS,
                required = true,
                doc = "The event bus address on which the route listens; every node listens for itself.")
        String address,

        @ConfigKey(
                name = "to.key",
                required = true,
                doc = "The routing key. `{id}` stands for the header of that name, or else for the field of"
                        + " that name in the body; `{/order/id}` for the value at that JSON Pointer in the body.")
        KeyTemplate key,

        @ConfigKey(
                name = "to.broker",
                text = TextKind.BROKER,
                whenAbsent = "the top-level `broker`",
                doc = "The broker that the messages are published to, one of `brokers`.")
        String broker,

        @ConfigKey(
                name = "to.exchange",
                whenAbsent = "the top-level `exchange`",
                inherited = true,
                doc = "The exchange the messages are published to. With `exchanges` a name with placeholders, as in"
                        + " `key`, by which each message names its exchange.")
        ExchangeConfig exchange,

        @ConfigKey(
                name = "to.exchanges",
                doc = "The exchanges that messages may name, if `exchange` has placeholders. A message that names"
                        + " another one fails.")
        List<ExchangeConfig> exchanges,

        @ConfigKey(
                name = "to.headers",
                names = TextKind.HEADER,
                doc = "Application headers of every message, by name. A text is a template like `key`; a number,"
                        + " `true` and `false` are sent as such. They take the place of the sender's headers of the"
                        + " same names.")
        Map<String, HeaderValue> headers,

        @ConfigKey(name = "to.properties", doc = "Properties of every message, in place of the sender's.")
        PropertiesConfig properties,

        @ConfigKey(
                name = "to.body",
                whenAbsent = "by the body and the content type",
                doc = "What the bodies are written as, whatever the content type says. `json`: as JSON, all but a"
                        + " `Buffer`; `text`: a `String` as it is; `bytes`: a `Buffer` as it is. Other bodies are"
                        + " refused.")
        BodyMode body,

        @ConfigKey(
                name = "to.mandatory",
                byDefault = "true",
                doc = "Whether a message that reaches no queue is a failure for its sender.")
        boolean mandatory,

        @ConfigKey(
                name = "to.persistent",
                byDefault = "true",
                doc = "Whether durable queues keep the messages through a restart of the broker.")
        boolean persistent,

        @ConfigKey(
                name = "to.reply",
                byDefault = "confirm",
                doc = "The reply to a sender that used `request`. `confirm`: that the broker has the message;"
                        + " `message`: the answer of the message's consumer.")
        ReplyMode reply,

        @ConfigKey(
                range = "1ms to 24h",
                byDefault = "30s",
                doc = "How long a message may wait for the broker's confirmation, or for the consumer's answer.")
        Duration timeout,

        @ConfigKey(range = "1 to 65535", byDefault = "1000", doc = "How many messages may be unconfirmed at a time.")
        int inFlight,

        @ConfigKey(doc = "Where messages wait while the broker is away.")
        BufferConfig buffer)
        implements RouteConfig {

    public OutboundRoute {
        requireNonNull(exchange, "exchange");
        exchanges = List.copyOf(exchanges);
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        RecordSection.check(
                OutboundRoute.class,
                name,
                address,
                key,
                broker,
                exchange,
                exchanges,
                headers,
                properties,
                body,
                mandatory,
                persistent,
                reply,
                timeout,
                inFlight,
                buffer);
        OutboundRouteRules.check(key, exchange, exchanges, headers, properties, body, reply);
    }

    /** Begins a route; its name, address, key and exchange have to be set. */
    public static OutboundRouteBuilder builder() {
        return new OutboundRouteBuilder(null);
    }

    /** Returns the exchanges that messages of this route are published to. */
    public List<ExchangeConfig> targets() {
        return exchanges.isEmpty() ? List.of(exchange) : exchanges;
    }
}
