package dev.busbar.broker.amqp10;

import dev.busbar.config.BrokerUri;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * One address of a broker to connect to.
 *
 * @param uri names the host, which TLS verifies
 * @param address one of the host's addresses
 */
record ConnectTarget(BrokerUri uri, InetAddress address) {

    ConnectOptions connecting() {
        return new ConnectOptions()
                .setHost(uri.host())
                .setPort(uri.port())
                .setRemoteAddress(SocketAddress.inetSocketAddress(new InetSocketAddress(address, uri.port())));
    }
}
