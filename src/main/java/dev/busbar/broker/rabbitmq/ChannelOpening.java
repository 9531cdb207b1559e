package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ChannelContinuationTimeoutException;
import com.rabbitmq.client.Connection;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import java.io.IOException;

/** Opens channels, and reports connections over which the broker does not answer any more. */
final class ChannelOpening {

    /** Has the event loop read first what came while it, or the whole process, stood still. */
    private static final long READ_MILLIS = 100;

    private ChannelOpening() {}

    /** Opens a channel on the present connection. Called on the connection's event loop. */
    static Future<Channel> on(Connection amqp, SharedRabbitMqConnection connection) {
        var receivedBefore = connection.commandsReceived();
        return connection.context().executeBlocking(() -> opened(amqp), false).onFailure(failure -> {
            if (failure instanceof ChannelContinuationTimeoutException) {
                var cause =
                        new BrokerException(Kind.UNREACHABLE, "the broker did not answer in time opening a channel");
                connection.context().setTimer(READ_MILLIS, id -> connection.unanswered(amqp, receivedBefore, cause));
            }
        });
    }

    private static Channel opened(Connection amqp) throws IOException {
        var channel = amqp.createChannel();
        if (channel == null) {
            throw new BrokerException(
                    Kind.LIMIT,
                    "no channel is left on this connection, all " + amqp.getChannelMax()
                            + " are in use, one for each route and one besides: raise the broker's channel_max, or deploy"
                            + " some of the routes as another BridgeVerticle, which has connections of its own");
        }
        return channel;
    }
}
