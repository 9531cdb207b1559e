package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.ReconnectConfig;
import dev.busbar.config.SaslMechanism;
import dev.busbar.config.Secret;
import dev.busbar.config.TlsConfig;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which certificates are trusted, which are refused, and what the failure says. */
@ExtendWith(RabbitExtension.class)
@ParameterizedClass
@ValueSource(strings = {"amqp", "amqp10"})
@Timeout(180)
class TlsIT {

    @Parameter
    String scheme;

    /** Names this machine for Vert.x only; the broker's certificate does not have the name. */
    private static final String OTHER_NAME = "broker.example";

    private static final TlsConfig UNTRUSTING = new TlsConfig(null, null, null, true);

    private static RabbitNode open;
    private static RabbitNode strict;
    private static Vertx vertx;
    private static TlsFiles files;

    @BeforeAll
    static void start() {
        files = TlsFiles.get();
        open = RabbitNode.start(RabbitSettings.PLAIN.withTls());
        strict = RabbitNode.start(RabbitSettings.PLAIN.withExternal());
        strict.addUser(TlsFiles.CLIENT_NAME, "not used");
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(new AddressResolverOptions()
                        .setHostsValue(Buffer.buffer("127.0.0.1 localhost\n127.0.0.1 " + OTHER_NAME + "\n"))));
    }

    @AfterAll
    static void stop() {
        if (open != null) {
            open.close();
        }
        if (strict != null) {
            strict.close();
        }
        if (vertx != null) {
            done(vertx.close());
        }
    }

    private static TlsConfig trusting(boolean verifyHost) {
        return new TlsConfig(files.ca().toString(), null, null, verifyHost);
    }

    private static TlsConfig withCertificate() {
        return new TlsConfig(
                files.ca().toString(),
                files.client().certificate().toString(),
                files.client().key().toString(),
                true);
    }

    private static Client client(String scheme, String host, int port, TlsConfig tls, SaslMechanism sasl) {
        var config = BrokerConfig.builder()
                .uris(List.of(BrokerUri.parse(scheme + "://guest:guest@" + host + ":" + port)))
                .embedded(new EmbeddedConfig("127.0.0.1", 0, "memory", "guest", new Secret("guest")))
                .tls(tls)
                .sasl(sasl)
                .heartbeat(Duration.ofSeconds(5))
                .connectTimeout(Duration.ofSeconds(3))
                .startTimeout(Duration.ofSeconds(6))
                .reconnect(new ReconnectConfig(Duration.ofMillis(50), Duration.ofMillis(500)))
                .maxMessageBytes(1 << 20)
                .build();
        return new Client(vertx, config, "tls", UnaryOperator.identity());
    }

    private static void connects(Client client) {
        client.connect();
        var ready = client.publisher(new dev.busbar.config.ExchangeConfig("", "direct", true, java.util.Map.of()));
        assertThat(client.get(ready::ready)).isTrue();
        client.close();
    }

    private static BrokerException refusal(Client client) {
        var failure = failure(client.later(client.connection::connect));
        client.close();
        return failure;
    }

    @Test
    void trustsTheAuthorityItIsToldTo() {
        connects(client(scheme + "s", "localhost", open.tlsPort(), trusting(true), SaslMechanism.PLAIN));
        connects(client(scheme + "s", "127.0.0.1", open.tlsPort(), trusting(true), SaslMechanism.PLAIN));
    }

    @Test
    void refusesAnAuthorityItDoesNotKnow() {
        var failure = refusal(client(scheme + "s", "localhost", open.tlsPort(), UNTRUSTING, SaslMechanism.PLAIN));

        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure).hasMessageContaining("localhost:" + open.tlsPort()).hasMessageContaining("broker.tls");
    }

    @Test
    void refusesACertificateOfAnotherName() {
        var failure = refusal(client(scheme + "s", OTHER_NAME, open.tlsPort(), trusting(true), SaslMechanism.PLAIN));

        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure).hasMessageContaining(OTHER_NAME).hasMessageContaining("host name");
    }

    @Test
    void acceptsAnotherNameIfToldTo() {
        connects(client(scheme + "s", OTHER_NAME, open.tlsPort(), trusting(false), SaslMechanism.PLAIN));
    }

    @Test
    void withoutVerifyingTheNameTheAuthorityStillCounts() {
        var lenient = new TlsConfig(null, null, null, false);

        assertThat(refusal(client(scheme + "s", "localhost", open.tlsPort(), lenient, SaslMechanism.PLAIN))
                        .kind())
                .isEqualTo(Kind.AUTHENTICATION);
    }

    @Test
    void showsItsCertificate() {
        connects(client(scheme + "s", "localhost", strict.tlsPort(), withCertificate(), SaslMechanism.PLAIN));
    }

    @Test
    void withoutACertificateABrokerThatWantsOneRefuses() {
        var failure = refusal(client(scheme + "s", "localhost", strict.tlsPort(), trusting(true), SaslMechanism.PLAIN));

        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure).hasMessageContaining("certificate");
    }

    @Test
    void logsInByItsCertificate() {
        var client = client(scheme + "s", "localhost", strict.tlsPort(), withCertificate(), SaslMechanism.EXTERNAL)
                .connect();

        // RabbitMQ 3 lists no connection of AMQP 1.0 but what stands for it inside; RabbitMQ 4 no session as a channel.
        var listed = strict.release().isAtLeast(RabbitRelease.V4_0) ? "list_connections" : "list_channels";
        client.publisher(new dev.busbar.config.ExchangeConfig("", "direct", true, java.util.Map.of()));
        assertThat(strict.ctl(listed, "user").lines()).containsOnly(TlsFiles.CLIENT_NAME);
        client.close();
    }

    @Test
    void saysThatTheBrokerKnowsNobodyByTheCertificate() {
        strict.ctl("delete_user", TlsFiles.CLIENT_NAME);
        try {
            var failure = refusal(
                    client(scheme + "s", "localhost", strict.tlsPort(), withCertificate(), SaslMechanism.EXTERNAL));

            assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(failure).hasMessageContaining("certificate").hasMessageNotContaining("password");
        } finally {
            strict.addUser(TlsFiles.CLIENT_NAME, "not used");
        }
    }

    @Test
    void saysThatTheBrokerDoesNotTakeCertificatesForLogin() {
        var failure =
                refusal(client(scheme + "s", "localhost", open.tlsPort(), withCertificate(), SaslMechanism.EXTERNAL));

        assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(failure).hasMessageContaining("SASL").hasMessageContaining("EXTERNAL");
    }

    @Test
    void aPlainPortIsNoTlsPort() {
        var failure = refusal(client(scheme + "s", "localhost", open.port(), trusting(true), SaslMechanism.PLAIN));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_A_BROKER);
        assertThat(failure).hasMessageContaining("localhost:" + open.port()).hasMessageContaining("TLS");
    }

    @Test
    void aTlsPortIsNoPlainPort() {
        var failure = refusal(client(scheme, "localhost", open.tlsPort(), UNTRUSTING, SaslMechanism.PLAIN));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_A_BROKER);
        assertThat(failure).hasMessageContaining("localhost:" + open.tlsPort()).hasMessageContaining(scheme + "s://");
    }
}
