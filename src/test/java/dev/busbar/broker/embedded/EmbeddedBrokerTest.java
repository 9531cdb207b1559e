package dev.busbar.broker.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import dev.busbar.testing.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class EmbeddedBrokerTest {

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedBroker broker;

    @AfterEach
    void stop() {
        if (broker != null) {
            done(broker.stop());
        }
        done(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "default", "builds"})
    void deliversWhatWasPublishedWhateverVirtualHostIsNamed(String virtualHost) throws Exception {
        broker = start(memory(0));
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        factory.setVirtualHost(virtualHost);
        try (Amqp amqp = Amqp.connect(factory)) {
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            amqp.channel().exchangeDeclare("busbar", "topic", true);
            amqp.channel().queueDeclare("finished", true, false, false, null);
            amqp.channel().queueBind("finished", "busbar", "builds.*.finished");
            amqp.channel().basicConsume("finished", true, new DefaultConsumer(amqp.channel()) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body) {
                    received.add(envelope.getRoutingKey() + "=" + new String(body, UTF_8));
                }
            });

            amqp.channel().basicPublish("busbar", "builds.17.started", null, "no".getBytes(UTF_8));
            amqp.channel().basicPublish("busbar", "builds.17.finished", null, "yes".getBytes(UTF_8));

            assertThat(received.poll(5, TimeUnit.SECONDS)).isEqualTo("builds.17.finished=yes");
        }
    }

    @Test
    void carries16MiBInOneMessage() throws Exception {
        broker = start(memory(0));
        byte[] body = new byte[16 << 20];
        new Random(1).nextBytes(body);
        try (Amqp amqp = Amqp.connect(broker.uri())) {
            amqp.declareDurable("big");
            amqp.publishConfirmed("big", body);

            assertThat(Arrays.equals(amqp.get("big"), body)).isTrue();
        }
    }

    @Test
    void speaksAMQP10OnTheSamePort() throws Exception {
        broker = start(memory(0));
        byte[] saslHeader = {'A', 'M', 'Q', 'P', 3, 1, 0, 0};
        try (Socket socket = new Socket(broker.host(), broker.port())) {
            socket.getOutputStream().write(saslHeader);

            assertThat(socket.getInputStream().readNBytes(8)).isEqualTo(saslHeader);
        }
    }

    @Test
    void letsAsManyChannelsShareAConnectionAsRabbitMQ() throws Exception {
        broker = start(memory(0));
        try (Amqp amqp = Amqp.connect(broker.uri())) {
            assertThat(amqp.connection().getChannelMax()).isEqualTo(2047);
        }
    }

    @Test
    void forgetsEverythingAtAStopWhenItKeepsMessagesInMemory() throws Exception {
        broker = start(memory(0));
        try (Amqp amqp = Amqp.connect(broker.uri())) {
            amqp.declareDurable("q");
            amqp.publishConfirmed("q", "gone".getBytes(UTF_8));
        }
        done(broker.stop());

        broker = start(memory(0));

        try (Amqp amqp = Amqp.connect(broker.uri())) {
            amqp.declareDurable("q");
            assertThat(amqp.get("q")).isNull();
        }
    }

    @Test
    void takesAFreePortAndSaysSoWhenTheConfiguredOneIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            broker = start(memory(other.getLocalPort()));

            assertThat(broker.portWasTaken()).isTrue();
            assertThat(broker.port()).isNotEqualTo(other.getLocalPort());
            assertThat(broker.notice().orElseThrow())
                    .contains("port " + other.getLocalPort())
                    .contains("listens on " + broker.port());
            Amqp.connect(broker.uri()).close();
        }
    }

    @Test
    void listensOnTheConfiguredPortAgainAndAgain() throws Exception {
        int port = FreePort.next();
        for (int i = 0; i < 2; i++) {
            broker = start(memory(port));
            assertThat(broker.portWasTaken()).isFalse();
            assertThat(broker.uri()).isEqualTo("amqp://guest:guest@127.0.0.1:" + port + "/");
            Amqp.connect(broker.uri()).close();
            done(broker.stop());
        }
    }

    @Test
    void refusesAWrongPasswordAndAnonymousUsers() throws Exception {
        broker = start(memory(0));

        assertThatThrownBy(() -> Amqp.connect(broker.uri().replace("guest:guest", "guest:wrong")))
                .isInstanceOf(PossibleAuthenticationFailureException.class);
        ConnectionFactory anonymous = new ConnectionFactory();
        anonymous.setUri(broker.uri());
        anonymous.setSaslConfig(mechanisms -> {
            assertThat(mechanisms).contains("PLAIN").doesNotContain("ANONYMOUS");
            return null;
        });
        assertThatThrownBy(() -> Amqp.connect(anonymous)).hasMessageContaining("No compatible authentication");
    }

    @Test
    void listensBeyondThisMachineWithCredentialsOfItsOwn() throws Exception {
        broker = start(new EmbeddedConfig("0.0.0.0", 0, "memory", "bus bar", new Secret("s3cr+t/@:%")));

        Amqp.connect(broker.uri()).close();
        assertThat(broker.host()).isEqualTo("127.0.0.1");
    }

    @Test
    void namesTheSettingWhenTheHostIsNotOfThisMachine() {
        EmbeddedConfig elsewhere = new EmbeddedConfig("192.0.2.1", 0, "memory", "busbar", new Secret("s3cret"));

        assertThatThrownBy(() -> start(elsewhere))
                .isInstanceOf(EmbeddedBrokerException.class)
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("broker.embedded.host");
    }

    @Test
    void leavesNoThreadBehindAndNoPortOpenWhenItStops() throws Exception {
        List<String> before = threads();
        broker = start(memory(0));
        Amqp.connect(broker.uri());

        done(Future.all(broker.stop(), broker.stop()));
        done(broker.stop());

        await().atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(threads())
                        .filteredOn(name -> !before.contains(name))
                        .noneMatch(name ->
                                name.matches("(?i).*(broker|virtualhost|port-|selector|IO-|VirtualHostNode).*")));
        try (ServerSocket reuse = new ServerSocket(broker.port(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(reuse.isBound()).isTrue();
        }
    }

    private EmbeddedBroker start(EmbeddedConfig config) {
        return EmbeddedBroker.start(vertx, config).await();
    }

    static EmbeddedConfig memory(int port) {
        return new EmbeddedConfig("127.0.0.1", port, "memory", "guest", new Secret("guest"));
    }

    private static void done(Future<?> future) {
        future.await();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
