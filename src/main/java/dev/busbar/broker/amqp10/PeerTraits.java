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
 * @param container its container id
 * @param product empty if it does not say
 * @param version empty if it does not say
 * @param capabilities those it offers
 * @param properties the names of all it says of itself
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

    /** Its product is named after whatever it is packed into. */
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

    /** The first number of the version; 0 if there is none. */
    int majorVersion() {
        return BrokerVersion.major(version);
    }

    /** Whether the version is this one or a later one. */
    boolean isAtLeast(int major, int minor) {
        return BrokerVersion.isAtLeast(version, major, minor);
    }

    /** Product and version, for a person. */
    String describe() {
        return product.isEmpty() ? "'" + container + "'" : (product + " " + version).strip();
    }
}
