package dev.busbar.testing.broker;

import dev.busbar.config.BrokerUri;
import dev.busbar.testing.RabbitNode;
import java.util.Set;

/** Describes a RabbitMQ that is reached over AMQP 0-9-1. */
public final class RabbitMq implements BrokerUnderTest {

    private final RabbitNode node;

    public RabbitMq(RabbitNode node) {
        this.node = node;
    }

    @Override
    public BrokerUri uri() {
        return BrokerUri.parse(node.amqpUri());
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.values());
    }

    @Override
    public void blockPublishers() {
        node.blockPublishers();
    }

    @Override
    public void unblockPublishers() {
        node.unblockPublishers();
    }

    @Override
    public void limitChannels(int channels) {
        node.ctl("eval", "application:set_env(rabbit, channel_max, " + channels + ").");
    }

    @Override
    public void unlimitChannels() {
        limitChannels(2047);
    }

    @Override
    public void restart() {
        node.restart();
    }
}
