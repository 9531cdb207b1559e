package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import io.vertx.core.Future;

/**
 * Tells Broker-J by {@code channel.flow} when it may deliver to a consumer of which one of several is active (AMQP
 * 0-9-1, section 1.4.2.3; RabbitMQ refuses the command). Broker-J takes back the unsettled deliveries of the active
 * consumer before it makes the next one active, and would then tell the next one only with another message. Confined to
 * the event loop.
 */
final class ChannelFlow {

    private static final Method STOP =
            new AMQP.Channel.Flow.Builder().active(false).build();
    private static final Method GO =
            new AMQP.Channel.Flow.Builder().active(true).build();
    private static final long RENEWAL_MILLIS = 1_000;

    private final EventLoopRabbitMQClient client;
    private long timer = -1;
    private boolean renewing;

    ChannelFlow(EventLoopRabbitMQClient client) {
        this.client = client;
    }

    /** Has Broker-J look every second whether the consumer of this channel may have messages by now. */
    void renew() {
        end();
        timer = client.context().owner().setPeriodic(RENEWAL_MILLIS, id -> lookAgain());
    }

    private void lookAgain() {
        if (!renewing) {
            renewing = true;
            client.call("asking again for deliveries", channel -> {
                        channel.rpc(STOP);
                        return channel.rpc(GO);
                    })
                    .onComplete(ignored -> renewing = false);
        }
    }

    /**
     * Has Broker-J deliver nothing more on this channel. Completes also if the channel is lost, which does the same.
     */
    Future<Void> stop() {
        end();
        return client.call("holding back deliveries", channel -> channel.rpc(STOP))
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }

    void end() {
        client.context().owner().cancelTimer(timer);
    }
}
