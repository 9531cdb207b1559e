package dev.busbar.testing.broker;

import dev.busbar.config.BrokerUri;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** Describes an ActiveMQ Artemis that runs on this machine, over AMQP 1.0. */
public class Artemis implements BrokerUnderTest {

    private final BrokerUri uri;

    public Artemis(String uri) {
        this.uri = BrokerUri.parse(uri);
    }

    @Override
    public BrokerUri uri() {
        return uri;
    }

    @Override
    public String uri091() {
        return Assumptions.abort("Artemis does not speak AMQP 0-9-1");
    }

    @Override
    public Admin admin() {
        var topology = new ArtemisTopologyAdmin(new ArtemisConsole(uri));
        return new Amqp10Admin(uri, topology, new ArtemisNodes(topology));
    }

    @Override
    public ForeignWire wire() {
        return new Wire10(uri, new ArtemisNodes(new ArtemisTopologyAdmin(new ArtemisConsole(uri))));
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.of(Ability.DECLARING, Ability.RETURNING, Ability.COUNTING);
    }

    /**
     * Returns {@code false}: Artemis counts failed deliveries, and a close is none. It now and then takes a connection
     * that is cut for a closed one.
     */
    @Override
    public boolean marksWhatClosingReturns() {
        return false;
    }

    /** Returns {@code false}: queues belong to the address, which stands for the exchange. */
    @Override
    public boolean queuesOutliveTheirExchange() {
        return false;
    }
}
