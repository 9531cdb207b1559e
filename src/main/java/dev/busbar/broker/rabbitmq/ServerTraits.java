package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.TrafficListener;
import java.util.Map;

/** Remembers what a server says in {@code connection.start}, for when no connection comes of it. */
final class ServerTraits implements TrafficListener {

    private static final String AUTHENTICATION_FAILURE_CLOSE = "authentication_failure_close";

    private final TrafficListener next;
    private volatile Map<String, Object> properties = Map.of();

    /**
     * Makes a listener that has seen nothing yet.
     *
     * @param next told everything too
     */
    ServerTraits(TrafficListener next) {
        this.next = next;
    }

    /** Forgets the server tried before. */
    void forget() {
        properties = Map.of();
    }

    /**
     * Returns whether the server refuses a login by closing the connection with a reason. A server that only hangs up
     * may refuse the login too.
     */
    boolean saysWhenItRefuses() {
        return BrokerDifferences.of(properties).brokerJ()
                || properties.get("capabilities") instanceof Map<?, ?> capabilities
                        && Boolean.TRUE.equals(capabilities.get(AUTHENTICATION_FAILURE_CLOSE));
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
