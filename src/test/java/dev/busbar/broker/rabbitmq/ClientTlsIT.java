package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Address;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.TlsFiles;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.rabbitmq.RabbitMQOptions;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shows that whichever option asks for TLS gets it, from a broker that has a port of either kind. */
@ExtendWith(RabbitExtension.class)
@Timeout(120)
class ClientTlsIT {

    private static RabbitNode node;
    private static final Vertx VERTX = Vertx.vertx(new VertxOptions()
            .setAddressResolverOptions(new AddressResolverOptions()
                    .setHostsValue(Buffer.buffer("127.0.0.1 localhost\n127.0.0.1 elsewhere\n"))));

    @BeforeAll
    static void start() {
        node = RabbitNode.start(RabbitSettings.PLAIN.withTls());
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        done(VERTX.close());
    }

    private static EventLoopRabbitMQClient client(Consumer<RabbitMQOptions> with) {
        var options = new RabbitMQOptions();
        options.setReconnectAttempts(0).setConnectionTimeout(5_000).setHandshakeTimeout(5_000);
        options.setTrustOptions(
                new PemTrustOptions().addCertPath(TlsFiles.get().ca().toString()));
        with.accept(options);
        return EventLoopRabbitMQClient.create(VERTX, options);
    }

    private static String uri(String scheme, int port) {
        return scheme + "://guest:guest@localhost:" + port;
    }

    @Test
    void eachWayToAskForItIsEnough() {
        var port = node.tlsPort();
        var ways = List.<Consumer<RabbitMQOptions>>of(
                options -> options.setHost("localhost").setPort(port).setSsl(true),
                options -> options.setAddresses(List.of(new Address("localhost", port)))
                        .setSsl(true),
                options -> options.setUri(uri("amqps", port)),
                options -> options.setUri(uri("AMQPS", port)),
                options -> options.setUri(uri("amqps", port)).setSsl(true),
                options -> options.setUri(uri("amqp", port)).setSsl(true));
        for (var way : ways) {
            var client = client(way);
            done(client.start());
            assertThat(node.ctl("list_connections", "ssl").strip()).isEqualTo("true");
            done(client.stop());
        }
    }

    @Test
    void whereItIsAskedForNothingIsSaidInPlainText() {
        var port = node.port();
        var ways = List.<Consumer<RabbitMQOptions>>of(
                options -> options.setHost("localhost").setPort(port).setSsl(true),
                options -> options.setAddresses(List.of(new Address("localhost", port)))
                        .setSsl(true),
                options -> options.setUri(uri("amqps", port)),
                options -> options.setUri(uri("amqp", port)).setSsl(true));
        for (var way : ways) {
            assertThat(failure(client(way).start())).hasMessageContaining("TLS");
            assertThat(node.ctl("list_connections", "ssl")).isBlank();
        }
    }

    @Test
    @Differs("TLS")
    void theCertificateAndTheHostNameAreVerifiedUnlessToldOtherwise() throws IOException {
        var port = node.tlsPort();
        var other = new PemTrustOptions().addCertPath(TlsFiles.another().ca().toString());
        var byAnotherName = uri("amqps", port).replace("localhost", "elsewhere");
        var refused = List.<Consumer<RabbitMQOptions>>of(
                options -> options.setUri(uri("amqps", port)).setTrustOptions(other),
                options ->
                        options.setHost("localhost").setPort(port).setSsl(true).setTrustOptions(other),
                options -> options.setUri(byAnotherName));
        for (var way : refused) {
            assertThat(failure(client(way).start()).getMessage()).containsIgnoringCase("certificate");
        }
        var accepted = List.<Consumer<RabbitMQOptions>>of(
                options ->
                        options.setUri(uri("amqps", port)).setTrustOptions(null).setTrustAll(true),
                options -> options.setUri(byAnotherName).setHostnameVerificationAlgorithm("NONE"));
        for (var way : accepted) {
            var client = client(way);
            done(client.start());
            done(client.stop());
        }
    }
}
