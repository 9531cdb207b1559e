package dev.busbar.config;

import dev.busbar.topic.KeyTemplate;
import java.time.Duration;
import java.util.List;

final class OutboundSection {

    static final Key<String> ADDRESS =
            Key.required("address", Names.ADDRESS, "The event bus address it listens on, on every node for itself.");
    static final Key<KeyTemplate> KEY = Key.required(
            "key",
            Types.parsed("routing key with placeholders", "changes.{id}.new", KeyTemplate::parse, it -> {}),
            "The routing key. `{id}` stands for the header of that name, or else the field of the body.");
    static final Key<Boolean> MANDATORY = Key.of(
            "mandatory", Types.BOOLEAN, true, "Whether a message that reaches no queue is a failure for its sender.");
    static final Key<Boolean> PERSISTENT = Key.of(
            "persistent",
            Types.BOOLEAN,
            true,
            "Whether durable queues keep the messages through a restart of the broker.");
    static final Key<ReplyMode> REPLY = Key.of(
            "reply",
            Types.choice(ReplyMode.class),
            ReplyMode.CONFIRM,
            "What a sender that used `request` gets. `confirm`: word that the broker has the message; `message`: the"
                    + " answer of whoever consumed it.");
    static final Key<Duration> TIMEOUT = Key.of(
            "timeout",
            Durations.between(Duration.ofMillis(1), Duration.ofHours(24)),
            Duration.ofSeconds(30),
            "How long a message may wait for the broker's confirmation, or for the answer.");
    static final Key<Integer> IN_FLIGHT =
            Key.of("inFlight", Types.integer(1, 65_535), 1_000, "How many messages may be unconfirmed at a time.");
    static final Key<BufferConfig> BUFFER = Key.of(
            "buffer", BufferSection.TYPE, BufferSection.DEFAULT, "Where messages wait while the broker is away.");

    private static final Section<String> FROM =
            new Section<>("Where an outbound route begins", "", List.of(ADDRESS.from(it -> it)), it -> it.get(ADDRESS));
    private static final Key<String> FROM_KEY =
            Key.required("from", FROM, "Where messages come from on the event bus.");

    private OutboundSection() {}

    /** @param shared the exchange of routes that name none */
    static Section<OutboundRoute> of(ExchangeConfig shared) {
        Key<ExchangeConfig> exchange = InboundSection.exchange(shared, "The exchange the messages are published to.");
        Section<To> to = new Section<>(
                "Where an outbound route leads",
                "",
                List.of(
                        KEY.from(To::key),
                        exchange.from(To::exchange),
                        MANDATORY.from(To::mandatory),
                        PERSISTENT.from(To::persistent),
                        REPLY.from(To::reply)),
                it -> new To(it.get(KEY), it.get(exchange), it.get(MANDATORY), it.get(PERSISTENT), it.get(REPLY)));
        Key<To> toKey = Key.required("to", to, "Where messages go on the broker.");
        return new Section<>(
                "Outbound routes",
                "From the event bus to the broker. A route is outbound if its `from` has an `address`.",
                List.of(
                        InboundSection.NAME.from(OutboundRoute::name),
                        FROM_KEY.from(OutboundRoute::address),
                        toKey.from(it -> new To(it.key(), it.exchange(), it.mandatory(), it.persistent(), it.reply())),
                        TIMEOUT.from(OutboundRoute::timeout),
                        IN_FLIGHT.from(OutboundRoute::inFlight),
                        BUFFER.from(OutboundRoute::buffer)),
                it -> build(it, it.get(toKey)));
    }

    private static OutboundRoute build(Section.Values it, To to) {
        return new OutboundRoute(
                it.get(InboundSection.NAME),
                to.exchange,
                it.get(FROM_KEY),
                to.key,
                to.mandatory,
                to.persistent,
                to.reply,
                it.get(TIMEOUT),
                it.get(IN_FLIGHT),
                it.get(BUFFER));
    }

    private record To(
            KeyTemplate key, ExchangeConfig exchange, boolean mandatory, boolean persistent, ReplyMode reply) {}
}
