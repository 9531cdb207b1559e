package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerVersion;
import io.vertx.proton.ProtonConnection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.qpid.proton.amqp.Symbol;

/**
 * What a broker says of itself in its {@code open} frame.
 *
 * @param container the broker's container id
 * @param product the broker's product; empty if the broker does not name it
 * @param version the product's version; empty if the broker does not name it
 * @param capabilities the capabilities that the broker offers
 * @param properties the names of all properties of the connection that the broker sends
 */
record PeerTraits(String container, String product, String version, Set<String> capabilities, Set<String> properties) {

    PeerTraits {
        capabilities = Set.copyOf(capabilities);
        properties = Set.copyOf(properties);
    }

    static PeerTraits of(ProtonConnection connection) {
        var offered = connection.getRemoteOfferedCapabilities();
        return new PeerTraits(
                text(connection.getRemoteContainer()),
                property(connection, "product"),
                property(connection, "version"),
                offered == null
                        ? Set.of()
                        : Stream.of(offered).map(Symbol::toString).collect(Collectors.toSet()),
                connection.getRemoteProperties() == null
                        ? Set.of()
                        : connection.getRemoteProperties().keySet().stream()
                                .map(Symbol::toString)
                                .collect(Collectors.toSet()));
    }

    /**
     * Whether the broker is Broker-J, by the names of its properties: its product is named after whatever Broker-J is
     * packed into.
     */
    boolean isBrokerJ() {
        return properties.stream().anyMatch(name -> name.startsWith("qpid."));
    }

    private static String property(ProtonConnection connection, String name) {
        var properties = connection.getRemoteProperties();
        return properties == null ? "" : text(properties.get(Symbol.valueOf(name)));
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    /** Returns the first number of the version; 0 if the version has none. */
    int majorVersion() {
        return BrokerVersion.major(version);
    }

    /** Whether the version is this one or a later one. */
    boolean isAtLeast(int major, int minor) {
        return BrokerVersion.isAtLeast(version, major, minor);
    }

    /** Returns product and version, for messages. */
    String describe() {
        return product.isEmpty() ? "'" + container + "'" : (product + " " + version).strip();
    }
}
