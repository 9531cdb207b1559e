package dev.busbar.testing.broker;

import dev.busbar.config.BrokerUri;
import dev.busbar.config.Secret;
import java.util.EnumSet;
import java.util.Set;

/** Describes a Qpid Broker-J that runs on this machine. */
public class BrokerJ implements BrokerUnderTest {

    private final BrokerUri uri;

    /** @param scheme {@code amqp} or {@code amqp10} */
    public BrokerJ(String scheme, int port) {
        uri = new BrokerUri(scheme, "127.0.0.1", port, "guest", new Secret("guest"), "default");
    }

    @Override
    public BrokerUri uri() {
        return uri;
    }

    /**
     * Returns the foreign client. Over AMQP 1.0 it reads messages over AMQP 1.0 too, because the broker converts much
     * away for AMQP 0-9-1.
     */
    @Override
    public Admin admin() {
        var topology = new Amqp091Admin(uri091());
        return uri.isAmqp10() ? new Amqp10Admin(uri, topology, new QpidNodes()) : topology;
    }

    @Override
    public ForeignWire wire() {
        return uri.isAmqp10() ? new Wire10(uri, new QpidNodes()) : new Wire091(uri091());
    }

    @Override
    public boolean comparesArguments() {
        return uri.isAmqp10();
    }

    @Override
    public Set<Ability> abilities() {
        var abilities = EnumSet.of(Ability.DECLARING, Ability.RETURNING, Ability.COUNTING, Ability.BOUNDED_QUEUES);
        if (!uri.isAmqp10()) {
            abilities.addAll(Set.of(Ability.DEEPLY_NESTED_HEADERS, Ability.FAITHFUL_CONVERSION));
        }
        return abilities;
    }

    @Override
    public void limitChannels(int channels) {
        // Keeps the broker's default of 2,047 channels.
    }
}
