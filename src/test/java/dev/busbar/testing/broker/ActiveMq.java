package dev.busbar.testing.broker;

import dev.busbar.config.BrokerUri;
import dev.busbar.testing.ActiveMqNode;
import dev.busbar.testing.OncePerJvm;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** Describes an ActiveMQ Classic that runs on this machine, as a peer of which only addresses are known. */
public final class ActiveMq implements BrokerUnderTest, AutoCloseable {

    private static final OncePerJvm<ActiveMq> SHARED = new OncePerJvm<>(() -> new ActiveMq(ActiveMqNode.inMemory()));

    private final ActiveMqNode node;

    public ActiveMq(ActiveMqNode node) {
        this.node = node;
    }

    /** Returns the one broker that all tests of this JVM share. */
    public static ActiveMq shared() {
        return SHARED.get();
    }

    public ActiveMqNode node() {
        return node;
    }

    @Override
    public BrokerUri uri() {
        return BrokerUri.parse(node.uri());
    }

    @Override
    public String uri091() {
        return Assumptions.abort("ActiveMQ Classic does not speak AMQP 0-9-1");
    }

    @Override
    public Admin admin() {
        return new Amqp10Admin(uri(), new ActiveMqTopologyAdmin(node), new PlainNodes());
    }

    @Override
    public ForeignWire wire() {
        return new Wire10(uri(), new PlainNodes());
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    public boolean hasAddressesOnly() {
        return true;
    }

    @Override
    public void close() {
        node.close();
    }
}
