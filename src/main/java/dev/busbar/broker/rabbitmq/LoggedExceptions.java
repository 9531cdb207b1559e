package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.StrictExceptionHandler;
import dev.busbar.text.CleanLogger;
import org.slf4j.Logger;

/** Says what went wrong in a line; the connection's own states tell the rest. */
final class LoggedExceptions extends StrictExceptionHandler {

    private static final Logger LOG = CleanLogger.of(EventLoopRabbitMQClient.class);

    @Override
    public void handleUnexpectedConnectionDriverException(Connection connection, Throwable exception) {
        LOG.debug("connection to {} failed", connection.getAddress(), exception);
    }

    @Override
    protected void log(String message, Throwable e) {
        LOG.warn("{}: {}", message, e.toString());
    }

    @Override
    protected void handleChannelKiller(Channel channel, Throwable exception, String what) {
        LOG.error("{} threw; the channel goes on", what, exception);
    }
}
