package dev.busbar.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Keeps Vert.x's warning about a message for a consumer that is already unregistered out of the log. A browser that
 * registers and unregisters while others publish could cause any number of these lines. {@code logback.xml} names this
 * filter.
 */
public final class GoneConsumers extends TurboFilter {

    private static final String LOGGER = "io.vertx.core.eventbus.impl.MessageConsumerImpl";
    private static final String MESSAGE_PREFIX = "Discarding message since the consumer is not registered";

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable thrown) {
        return format != null && logger.getName().equals(LOGGER) && format.startsWith(MESSAGE_PREFIX)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
