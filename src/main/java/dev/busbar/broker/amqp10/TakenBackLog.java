package dev.busbar.broker.amqp10;

import dev.busbar.log.CleanLogger;
import org.slf4j.Logger;

/** Warns of messages that the broker has taken back from their handlers: of the first at once, then once a minute. */
final class TakenBackLog {

    private static final Logger LOG = CleanLogger.of(TakenBackLog.class);
    private static final long WARNING_INTERVAL_NANOS = 60_000_000_000L;

    private final String address;
    private long lastWarningNanos;
    private long count;
    private long warnedCount;

    /** @param address the address that the messages come from */
    TakenBackLog(String address) {
        this.address = address;
    }

    void add(String messageId) {
        var now = System.nanoTime();
        count++;
        if (count > 1 && now - lastWarningNanos < WARNING_INTERVAL_NANOS) {
            return;
        }
        LOG.warn(
                "{}: the broker has taken {}{} back and delivers it again, as RabbitMQ does with what is not settled"
                        + " within its consumer_timeout (30 minutes unless configured): let handlers reply sooner, have"
                        + " one listen, or raise consumer_timeout there",
                address,
                messageId == null ? "a message without id" : "message " + messageId,
                count - warnedCount > 1 ? " and " + (count - warnedCount - 1) + " others" : "");
        lastWarningNanos = now;
        warnedCount = count;
    }
}
