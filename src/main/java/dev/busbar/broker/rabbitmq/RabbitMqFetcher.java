package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Fetcher;
import io.vertx.core.Future;

/** Takes messages from a queue by {@code basic.get}, on a channel of its own. */
final class RabbitMqFetcher implements Fetcher {

    private final EventLoopRabbitMQClient client;
    private final String queue;
    private final SettlementBatch settlements;
    private String ended;

    RabbitMqFetcher(EventLoopRabbitMQClient client, String queue) {
        this.client = client;
        this.queue = queue;
        this.settlements = new SettlementBatch(client);
    }

    Future<Void> start() {
        return client.start()
                .onSuccess(ignored -> client.onChannelState(this::channelChanged))
                .onFailure(ignored -> client.stop());
    }

    /**
     * Ends the fetcher when its channel is lost. The channel is opened again, but the broker has the messages of the
     * lost one back.
     */
    private void channelChanged() {
        var channel = client.channelState();
        if (channel instanceof ConnectionState.Closing) {
            settlements.giveBack();
        }
        if (!(channel instanceof ConnectionState.Connected) && ended == null) {
            ended = channel instanceof ConnectionState.Waiting waiting
                    ? waiting.cause().getMessage()
                    : "it has been closed";
            settlements.end();
        }
    }

    @Override
    public Future<Delivery> next() {
        if (ended != null) {
            return Future.failedFuture(new BrokerException(
                    Kind.UNREACHABLE, "nothing more is taken from queue '" + queue + "': " + ended));
        }
        return client.basicGet(queue, false).map(got -> got == null ? null : settlements.received(got));
    }

    @Override
    public String ended() {
        return ended;
    }

    @Override
    public Future<Void> close() {
        return client.stop();
    }
}
