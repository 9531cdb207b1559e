package dev.busbar.testing.broker;

import dev.busbar.config.BrokerUri;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import java.util.EnumSet;
import java.util.Set;

/**
 * Describes a RabbitMQ 4 that is reached over AMQP 1.0, which it speaks natively: everything is declared through its
 * {@code /management} node.
 */
final class RabbitMq4Over10 implements BrokerUnderTest {

    private final RabbitNode node;

    RabbitMq4Over10(RabbitNode node) {
        this.node = node;
    }

    @Override
    public BrokerUri uri() {
        return BrokerUri.parse(node.amqp10Uri());
    }

    /**
     * Returns the foreign client. It sends and takes messages over AMQP 1.0, because the broker translates for readers
     * of AMQP 0-9-1, and not all of a message.
     */
    @Override
    public Admin admin() {
        return new Amqp10Admin(uri(), new Amqp091Admin(uri091()), new RabbitMq4Nodes());
    }

    @Override
    public ForeignWire wire() {
        return new Wire10(uri(), new RabbitMq4Nodes());
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.complementOf(EnumSet.of(Ability.DEEPLY_NESTED_HEADERS, Ability.FAITHFUL_CONVERSION));
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
    public boolean takesForDurableWhatIsNotSaid() {
        return node.release() == RabbitRelease.V4_0;
    }

    @Override
    public void restart() {
        node.restart();
    }
}
