package dev.busbar.testing.broker;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.config.BrokerUri;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** Describes a broker that the contract is tested with, and what a test can make it do. */
public interface BrokerUnderTest {

    /** Names what not every broker can do. */
    enum Ability {
        /**
         * Can be told by this transport to declare exchanges, queues and bindings of every kind, and to delete them;
         * else what exists is used.
         */
        DECLARING,
        /** Tells of a message whether a queue takes it. */
        RETURNING,
        /** Tells this transport how much is in a queue. */
        COUNTING,
        /** Knows virtual hosts apart. */
        VIRTUAL_HOSTS,
        /** Takes {@code x-} arguments of queues as RabbitMQ defines them. */
        X_ARGUMENTS,
        /** Has arguments of queues that bound them in messages, bytes and by age. */
        BOUNDED_QUEUES,
        /** Has quorum queues and streams. */
        REPLICATED_QUEUES,
        /** Takes headers nested a hundred levels deep. */
        DEEPLY_NESTED_HEADERS,
        /** A message of AMQP 1.0 is the same for a reader of AMQP 0-9-1, and the other way round. */
        FAITHFUL_CONVERSION
    }

    /** The length of a large body that every broker takes: RabbitMQ 4 counts properties and headers too. */
    int LARGE = (16 << 20) - 1_024;

    /** Returns the URI to which the transport under test connects. */
    BrokerUri uri();

    /** Returns the URI as a configuration says it, with the password. */
    default String uriText() {
        return text(uri().scheme());
    }

    /**
     * Returns the URI of the same broker for clients of AMQP 0-9-1; aborts the test if the broker does not speak it.
     */
    default String uri091() {
        return text("amqp");
    }

    private String text(String scheme) {
        var uri = uri();
        return scheme + "://" + uri.user() + ":" + uri.password().reveal() + "@" + uri.host() + ":" + uri.port() + "/"
                + URLEncoder.encode(uri.virtualHost(), StandardCharsets.UTF_8);
    }

    /**
     * Returns a foreign client of the same broker, which arranges and checks, and which the caller closes. Most brokers
     * can be spoken to in AMQP 0-9-1, whatever the transport under test speaks.
     */
    default Admin admin() {
        return new Amqp091Admin(uri091());
    }

    /** Returns the wire for foreign clients that go on through faults. */
    default ForeignWire wire() {
        return new Wire091(uri091());
    }

    /**
     * Returns the connection to be tested: as the transport makes it, or behind one that first arranges what the
     * transport cannot have this broker declare.
     */
    default BrokerConnection arranged(BrokerConnection connection) {
        return connection;
    }

    Set<Ability> abilities();

    default void assume(Ability ability) {
        Assumptions.assumeTrue(abilities().contains(ability), () -> "this broker has no " + ability);
    }

    /**
     * Returns whether messages that a consumer had in hand when it closed, or was cut off, come again as redelivered,
     * and not only those it gave back.
     */
    default boolean marksWhatClosingReturns() {
        return true;
    }

    /**
     * Returns whether the broker takes a message of AMQP 1.0 for durable if its sender does not say so: protonj2 leaves
     * out that a message is not durable.
     */
    default boolean takesForDurableWhatIsNotSaid() {
        return false;
    }

    /** Returns whether Busbar uses the broker by addresses alone, with {@code dialect: plain}. */
    default boolean hasAddressesOnly() {
        return false;
    }

    /** Returns whether a queue stays when the exchange it is bound to is deleted. */
    default boolean queuesOutliveTheirExchange() {
        return true;
    }

    /** Returns whether the broker reports that a declared queue exists with other arguments. */
    default boolean comparesArguments() {
        return true;
    }

    /** Makes the broker tell publishers to wait ({@code connection.blocked}). */
    default void blockPublishers() {
        Assumptions.abort("this broker does not block publishers on request");
    }

    default void unblockPublishers() {}

    /** Bounds the channels of connections opened from now on. */
    default void limitChannels(int channels) {
        Assumptions.abort("this broker's limit of channels is not set from here");
    }

    default void unlimitChannels() {}

    /** Stops the broker and starts it again on the same port, with what is durable. */
    default void restart() {
        Assumptions.abort("this broker is not restarted from here");
    }
}
