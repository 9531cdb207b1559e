package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerUri;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.NameServer;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Connects by host names with several addresses, of which the broker listens on one. */
class AddressesIT {

    @Nested
    class Over091 extends Cases {
        Over091() {
            super(EmbeddedBrokerJ.shared());
        }
    }

    @Nested
    class Over10 extends Cases {
        Over10() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    abstract static class Cases extends BrokerContract {

        /** A hosts file in which both names have the addresses in this order. */
        private static final String HOSTS = "127.0.0.3 localhost\n127.0.0.1 localhost\n::1 localhost\n"
                + "127.0.0.3 broker.example\n::1 broker.example\n";

        private static final Duration PATIENCE = Duration.ofSeconds(30);
        private static final Duration NO_PATIENCE = Duration.ofMillis(700);

        private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
        private final int port = FreePort.next();
        private Vertx own;

        Cases(BrokerUnderTest broker) {
            super(broker);
        }

        @BeforeEach
        void knowTheHosts() {
            own = Vertx.vertx(new VertxOptions()
                    .setAddressResolverOptions(new AddressResolverOptions().setHostsValue(Buffer.buffer(HOSTS))));
            Requirement.ipv6().orSkip();
        }

        @AfterEach
        void forgetTheHosts() {
            done(own.close());
        }

        /** Returns a server that passes connections to an address on to the broker. */
        private NetServer listen(String address) {
            var plain = own.createNetClient();
            return done(own.createNetServer()
                    .connectHandler(client -> {
                        client.pause();
                        sockets.add(client);
                        plain.connect(broker.uri().port(), "127.0.0.1").onSuccess(socket -> {
                            client.pipeTo(socket);
                            socket.pipeTo(client);
                        });
                    })
                    .listen(port, address));
        }

        private Client to(String... hosts) {
            return to(PATIENCE, hosts);
        }

        private Client to(Duration startTimeout, String... hosts) {
            var uri = broker.uri();
            var uris = Arrays.stream(hosts)
                    .map(host -> new BrokerUri(uri.scheme(), host, port, uri.user(), uri.password(), uri.virtualHost()))
                    .toArray(BrokerUri[]::new);
            return new Client(own, config(startTimeout, uris), "addresses", broker::arranged);
        }

        private BrokerException refusal(String... hosts) {
            var client = to(NO_PATIENCE, hosts);
            return failure(client.later(client.connection::connect));
        }

        @Test
        void areAllTriedInOrder() {
            listen("::1");

            to("broker.example").connect().close();
            to("localhost").connect().close();
        }

        @Test
        void areAllTriedAtEachReconnect() {
            var server = listen("127.0.0.3");
            var client = to("broker.example").connect();

            listen("::1");
            done(server.close());
            sockets.forEach(NetSocket::close);

            eventually(() -> assertThat(client.get(client.connection::state))
                    .isInstanceOfSatisfying(
                            ConnectionState.Connected.class,
                            now -> assertThat(now.epoch()).isGreaterThan(1)));
            client.close();
        }

        private void askNameServer(String... addresses) {
            var server = NameServer.start(vertx, "broker.test", addresses);
            done(own.close());
            own = Vertx.vertx(new VertxOptions()
                    .setAddressResolverOptions(new AddressResolverOptions().addServer(server.hostAndPort())));
        }

        /**
         * Uses name servers: their IPv4 and IPv6 addresses arrive apart, and Vert.x does not wait for the later ones.
         */
        @Test
        void areTriedOfBothKindsThatNameServersKnow() {
            askNameServer("127.0.0.3", "::1", "127.0.0.4");
            listen("::1");

            to("broker.test").connect().close();
        }

        @Test
        void areNamedOfBothKinds() {
            askNameServer("127.0.0.3", "::1");

            assertThat(refusal("broker.test"))
                    .hasMessageContaining("broker.test at 127.0.0.3:" + port)
                    .hasMessageContaining("broker.test at [::1]:" + port);
        }

        @Test
        void areNotToldAsSeveralWhereThereIsOne() {
            askNameServer("127.0.0.3");

            assertThat(refusal("broker.test")).hasMessageNotContaining("Tried");
        }

        @Test
        void areAllNamedWhereNobodyListens() {
            var failure = refusal("no-such-host.invalid", "localhost");

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure)
                    .hasMessageContaining("cannot reach a broker at localhost:" + port)
                    .hasMessageContaining("no-such-host.invalid:" + port + " (")
                    .hasMessageContaining("localhost at 127.0.0.3:" + port + " (Connection refused")
                    .hasMessageContaining("localhost at 127.0.0.1:" + port + " (Connection refused")
                    .hasMessageContaining("localhost at [::1]:" + port + " (Connection refused");
        }

        @Test
        void whoAnswersTellsMoreThanWhoDoesNot() {
            done(own.createNetServer()
                    .connectHandler(socket -> socket.handler(ignored -> {
                        socket.write("HTTP/1.1 400 Bad Request\r\n\r\n");
                        socket.close();
                    }))
                    .listen(port, "127.0.0.3"));

            var failure = refusal("broker.example");

            assertThat(failure.kind()).isEqualTo(Kind.NOT_A_BROKER);
            assertThat(failure).hasMessageContaining("HTTP/1.1 400 Bad Request").hasMessageContaining("[::1]:" + port);
        }

        @Test
        void anAddressItselfIsTriedOnce() {
            assertThat(refusal("127.0.0.3")).hasMessageNotContaining("Tried");
            assertThat(refusal("::1")).hasMessageContaining("[::1]:" + port).hasMessageNotContaining("Tried");
        }
    }
}
