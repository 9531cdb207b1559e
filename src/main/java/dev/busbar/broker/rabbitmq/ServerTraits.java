package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.TrafficListener;
import java.util.Map;

/** Remembers of a server what its {@code connection.start} says, for when no connection comes of it. */
final class ServerTraits implements TrafficListener {

    private static final String SAYS_NO = "authentication_failure_close";

    private final TrafficListener next;
    private volatile Map<String, Object> properties = Map.of();

    /** @param next told everything too */
    ServerTraits(TrafficListener next) {
        this.next = next;
    }

    /** Forgets the server tried before. */
    void forget() {
        properties = Map.of();
    }

    /** Whether it refuses a login by closing the connection in words; one that only hangs up may mean it too. */
    boolean saysWhenItRefuses() {
        return QpidDifferences.of(properties).brokerJ()
                || properties.get("capabilities") instanceof Map<?, ?> capabilities
                        && Boolean.TRUE.equals(capabilities.get(SAYS_NO));
    }

    @Override
    public void read(Command command) {
        if (command.getMethod() instanceof AMQP.Connection.Start start) {
            properties = start.getServerProperties();
        }
        next.read(command);
    }

    @Override
    public void write(Command command) {
        next.write(command);
    }
}
