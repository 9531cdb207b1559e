package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.StrictExceptionHandler;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/** Logs exceptions of the Java client in one line; the states of the connection tell the rest. */
final class LoggedExceptions extends StrictExceptionHandler {

    private static final Logger LOG = CleanLogger.of(LoggedExceptions.class);
    private static final ThrottledLog WARNINGS = new ThrottledLog(LOG, Level.WARN, "AMQP client");
    private static final ThrottledLog FAILURES = new ThrottledLog(LOG, Level.ERROR, "AMQP client");

    @Override
    public void handleUnexpectedConnectionDriverException(Connection connection, Throwable exception) {
        LOG.debug("connection to {} failed", connection.getAddress(), exception);
    }

    @Override
    protected void log(String message, Throwable e) {
        WARNINGS.add(message + ": " + e);
    }

    /**
     * Logs the exception of a listener, and keeps the channel open: to close it, the Java client would wait on the
     * event loop.
     */
    @Override
    protected void handleChannelKiller(Channel channel, Throwable exception, String what, String closing) {
        FAILURES.add(what + " threw; the channel goes on", exception);
    }
}
