package dev.busbar.broker;

import dev.busbar.config.BrokerUri;
import dev.busbar.testing.EmbeddedArtemis;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** ActiveMQ Artemis in this JVM, over AMQP 1.0. */
public final class Artemis implements BrokerUnderTest {

    private final EmbeddedArtemis broker;

    public Artemis(EmbeddedArtemis broker) {
        this.broker = broker;
    }

    @Override
    public BrokerUri uri() {
        return BrokerUri.parse(broker.uri());
    }

    @Override
    public String uri091() {
        return Assumptions.abort("Artemis does not speak AMQP 0-9-1");
    }

    @Override
    public Admin admin() {
        var topology = new ArtemisTopologyAdmin(broker::server);
        return new Amqp10Admin(uri(), topology, new ArtemisNodes(topology));
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    @Override
    public boolean ownsThread(String name) {
        return name.contains("activemq") || name.contains("ActiveMQ");
    }

    /** It counts failed deliveries, and this is none. */
    @Override
    public boolean marksWhatClosingReturns() {
        return false;
    }

    @Override
    public void restart() {
        broker.stop();
        broker.start();
    }
}
