package dev.busbar.config;

import java.time.Duration;

/**
 * What is produced at run time.
 *
 * @param messages how many may be unconfirmed or wait for the broker
 * @param bytes of their bodies and headers
 * @param inFlight how many may be unconfirmed at a time
 * @param timeout how long one may wait for the broker's confirmation
 */
public record ProducingConfig(int messages, long bytes, int inFlight, Duration timeout) {

    public ProducingConfig {
        ProducingSection.MESSAGES.check(messages);
        ProducingSection.BYTES.check(bytes);
        OutboundSection.IN_FLIGHT.check(inFlight);
        OutboundSection.TIMEOUT.check(timeout);
    }
}
