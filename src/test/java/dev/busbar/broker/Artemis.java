package dev.busbar.broker;

import dev.busbar.config.BrokerUri;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** ActiveMQ Artemis, wherever it runs on this machine; over AMQP 1.0. */
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

    /** It counts failed deliveries, and a close is none; a connection that is cut is now and then taken for closed. */
    @Override
    public boolean marksWhatClosingReturns() {
        return false;
    }

    /** They are the address's. */
    @Override
    public boolean queuesOutliveTheirExchange() {
        return false;
    }
}
