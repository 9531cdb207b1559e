package dev.busbar.config;

import java.util.List;

final class ProducingSection {

    static final Key<Integer> MESSAGES = Key.of(
            "messages",
            Types.integer(1, 10_000_000),
            10_000,
            "How many may be unconfirmed or wait for the broker; further ones are refused and their producers told.");
    static final Key<Long> BYTES = Key.of(
            "bytes",
            Sizes.between(1, 1L << 40),
            64L << 20,
            "How many bytes their encoded bodies and headers may have at most.");

    static final Section<ProducingConfig> TYPE = new Section<>(
            "Producing",
            "Messages of all producers of a node wait here, in order, until the broker has confirmed them.",
            List.of(
                    MESSAGES.from(ProducingConfig::messages),
                    BYTES.from(ProducingConfig::bytes),
                    OutboundSection.IN_FLIGHT.from(ProducingConfig::inFlight),
                    OutboundSection.TIMEOUT.from(ProducingConfig::timeout)),
            it -> new ProducingConfig(
                    it.get(MESSAGES),
                    it.get(BYTES),
                    it.get(OutboundSection.IN_FLIGHT),
                    it.get(OutboundSection.TIMEOUT)));

    static final ProducingConfig DEFAULT = new ProducingConfig(
            MESSAGES.fallback(),
            BYTES.fallback(),
            OutboundSection.IN_FLIGHT.fallback(),
            OutboundSection.TIMEOUT.fallback());

    private ProducingSection() {}
}
