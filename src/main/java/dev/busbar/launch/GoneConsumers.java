package dev.busbar.launch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Leaves out of the log, for {@code logback.xml}, each message that has come for a consumer when that was gone. Vert.x
 * warns of it; a browser that registers and unregisters while others publish can repeat it as often as it likes.
 */
public final class GoneConsumers extends TurboFilter {

    private static final String LOGGER = "io.vertx.core.eventbus.impl.MessageConsumerImpl";
    private static final String BEGINNING = "Discarding message since the consumer is not registered";

    @Override
    public FilterReply decide(
            Marker marker, Logger logger, Level level, String format, Object[] arguments, Throwable thrown) {
        return format != null && logger.getName().equals(LOGGER) && format.startsWith(BEGINNING)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
