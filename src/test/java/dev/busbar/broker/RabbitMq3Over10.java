package dev.busbar.broker;

import dev.busbar.config.BrokerUri;
import dev.busbar.testing.RabbitNode;
import java.util.EnumSet;
import java.util.Set;

/**
 * A RabbitMQ 3 over AMQP 1.0, by its plugin: which declares nothing, so that it is declared by 0-9-1 before it is asked
 * for. Queues that the plugin leaves behind are removed by a policy.
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

    /** Messages over AMQP 1.0: the plugin drops most of what they carry for readers of the other protocol. */
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
