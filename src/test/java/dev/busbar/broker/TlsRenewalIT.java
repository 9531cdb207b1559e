package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.ReconnectConfig;
import dev.busbar.config.Secret;
import dev.busbar.config.TlsConfig;
import dev.busbar.testing.Slow;
import dev.busbar.testing.TlsFiles;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Replaces certificates, keys and authorities on disk while Busbar runs. */
@Slow
class TlsRenewalIT {

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

        private static final TlsFiles OLD = TlsFiles.another();
        private static final TlsFiles RENEWED = TlsFiles.another();

        @TempDir
        Path folder;

        private final ListAppender<ILoggingEvent> log = new ListAppender<>();
        private TlsFront front;
        private Client client;

        Cases(BrokerUnderTest broker) {
            super(broker);
        }

        private Path trust() {
            return folder.resolve("ca.pem");
        }

        private Path certificate() {
            return folder.resolve("cert.pem");
        }

        private Path key() {
            return folder.resolve("key.pem");
        }

        private void write(TlsFiles files) throws IOException {
            Files.write(trust(), Files.readAllBytes(files.ca()));
            Files.write(certificate(), Files.readAllBytes(files.client().certificate()));
            Files.write(key(), Files.readAllBytes(files.client().key()));
        }

        @BeforeEach
        void connect() throws IOException {
            log.start();
            logger().addAppender(log);
            front = new TlsFront(vertx, broker.uri().port(), OLD);
            write(OLD);
            client = client(tls());
            client.connect();
        }

        @AfterEach
        void closeFront() {
            client.close();
            front.close();
            logger().detachAppender(log);
        }

        private static Logger logger() {
            return (Logger) LoggerFactory.getLogger(LastGood.class);
        }

        private BrokerConfig tls() {
            var uri = broker.uri();
            return BrokerConfig.builder()
                    .uris(List.of(new BrokerUri(
                            uri.scheme() + "s",
                            "localhost",
                            front.port(),
                            uri.user(),
                            uri.password(),
                            uri.virtualHost())))
                    .embedded(new EmbeddedConfig("127.0.0.1", 0, "memory", "guest", new Secret("guest")))
                    .tls(new TlsConfig(trust().toString(), certificate().toString(), key().toString(), true))
                    .heartbeat(Duration.ofSeconds(5))
                    .connectTimeout(Duration.ofSeconds(3))
                    .startTimeout(Duration.ofSeconds(20))
                    .reconnect(new ReconnectConfig(Duration.ofMillis(50), Duration.ofMillis(200)))
                    .maxMessageBytes(1 << 20)
                    .build();
        }

        private void awaitState(Class<? extends ConnectionState> state) {
            eventually(() -> assertThat(client.get(client.connection::state)).isInstanceOf(state));
        }

        private void reconnect() {
            var before = epoch();
            front.cut();
            eventually(() -> assertThat(epoch()).isGreaterThan(before));
        }

        /** Returns the epoch of the connection; 0 while there is none. */
        private long epoch() {
            return client.get(client.connection::state) instanceof ConnectionState.Connected connected
                    ? connected.epoch()
                    : 0;
        }

        private List<String> warnings() {
            return List.copyOf(log.list).stream()
                    .filter(event -> event.getLevel() == Level.WARN)
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }

        @Test
        void areUsedAtTheNextAttempt() throws IOException {
            front.renew(RENEWED);
            front.cut();
            eventually(() -> assertThat(client.get(client.connection::state))
                    .isInstanceOfSatisfying(
                            ConnectionState.Waiting.class,
                            waiting -> assertThat(waiting.cause()).hasMessageContaining("no TLS with")));

            write(RENEWED);

            awaitState(ConnectionState.Connected.class);
            front.renew(OLD);
            front.cut();
            write(OLD);
            awaitState(ConnectionState.Connected.class);
        }

        @Test
        void anAuthorityThatIsHalfWrittenKeepsTheOldOneAndIsSaidOnce() throws IOException {
            var whole = Files.readString(trust());
            for (var broken : List.of(whole.substring(0, whole.length() / 2), "", "no certificate at all")) {
                Files.writeString(trust(), broken);
                reconnect();
                reconnect();
            }
            assertThat(warnings())
                    .hasSize(2)
                    .allSatisfy(line ->
                            assertThat(line).contains("broker.tls.trust", trust().toString(), "what was read before"));
            Files.writeString(trust(), whole);
            reconnect();
            assertThat(log.list.get(log.list.size() - 1).getFormattedMessage()).contains("can be read again");
        }

        @Test
        void aFileThatIsAwayKeepsTheOldOne() throws IOException {
            Files.delete(trust());
            Files.delete(key());
            reconnect();
            assertThat(warnings())
                    .anySatisfy(line -> assertThat(line).contains("there is no file " + trust()))
                    .anySatisfy(line -> assertThat(line).contains("there is no file " + key()));
        }

        @Test
        void aCertificateWhoseKeyIsYetToComeKeepsTheOldOnes() throws IOException {
            Files.write(certificate(), Files.readAllBytes(RENEWED.client().certificate()));
            reconnect();
            assertThat(warnings())
                    .singleElement()
                    .asString()
                    .contains("broker.tls.key", "the key is not that of the certificate");

            Files.writeString(key(), "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49");
            reconnect();
            assertThat(warnings()).hasSize(2);
        }

        @Test
        void whatCannotBeReadAtTheStartFailsIt() throws IOException {
            Files.write(key(), Files.readAllBytes(RENEWED.client().key()));
            var another = client(tls());

            assertThat(failure(another.later(another.connection::connect)))
                    .hasMessageContaining(key().toString())
                    .hasMessageContaining("the key is not that of the certificate");
        }
    }
}
