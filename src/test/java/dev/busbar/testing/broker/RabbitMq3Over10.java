package dev.busbar.testing.broker;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.config.BrokerUri;
import dev.busbar.testing.RabbitNode;
import java.util.EnumSet;
import java.util.Set;

/**
 * Describes a RabbitMQ 3 that is reached over AMQP 1.0, by its plugin. The plugin declares nothing, so queues and
 * exchanges are declared over AMQP 0-9-1 before they are asked for. A policy removes queues that the plugin leaves
 * behind.
 */
final class RabbitMq3Over10 implements BrokerUnderTest {

    private final RabbitNode node;

    RabbitMq3Over10(RabbitNode node) {
        this.node = node;
        node.ctl("set_policy", "--apply-to", "queues", "leftovers", "^amq\\.gen-", "{\"expires\":10000}");
    }

    @Override
    public BrokerUri uri() {
        return BrokerUri.parse(node.amqp10Uri());
    }

    /**
     * Returns the foreign client. It sends and takes messages over AMQP 1.0, because the plugin drops most of their
     * properties for readers of AMQP 0-9-1.
     */
    @Override
    public Admin admin() {
        return new Amqp10Admin(uri(), new Amqp091Admin(uri091()), new RabbitMq3Nodes());
    }

    @Override
    public ForeignWire wire() {
        return new Wire10(uri(), new RabbitMq3Nodes());
    }

    @Override
    public BrokerConnection arranged(BrokerConnection connection) {
        return new ArrangedConnection(connection, this::admin);
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.of(Ability.VIRTUAL_HOSTS, Ability.BOUNDED_QUEUES, Ability.REPLICATED_QUEUES);
    }

    @Override
    public void restart() {
        node.restart();
    }
}
