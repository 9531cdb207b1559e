package dev.busbar.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
@Timeout(300)
class RabbitNodeIT {

    @Slow
    @Test
    void carriesMessagesInUsersAndVirtualHostsOfItsOwn(RabbitNode node) throws Exception {
        node.addVirtualHost("/it");
        try (Connection connection = connect(node.amqpUri("guest", "guest", "/it"))) {
            Channel channel = connection.createChannel();
            channel.queueDeclare("q", true, false, false, null);
            publish(channel, "q", "hello");

            assertThat(get(channel, "q")).isEqualTo("hello");
        }
        node.addUser("somebody", "s3cret");
        connect(node.amqpUri("somebody", "s3cret", "/")).close();
    }

    @Test
    void blocksPublishersUntilToldOtherwise(RabbitNode node) throws Exception {
        try (Connection connection = connect(node.amqpUri())) {
            CompletableFuture<String> blocked = new CompletableFuture<>();
            CompletableFuture<Boolean> unblocked = new CompletableFuture<>();
            connection.addBlockedListener(new BlockedListener() {
                @Override
                public void handleBlocked(String reason) {
                    blocked.complete(reason);
                }

                @Override
                public void handleUnblocked() {
                    unblocked.complete(true);
                }
            });
            node.blockPublishers();
            try {
                connection.createChannel().basicPublish("", "nowhere", null, new byte[0]);
                assertThat(blocked.get(10, TimeUnit.SECONDS)).contains("memory");
            } finally {
                node.unblockPublishers();
            }
            assertThat(unblocked.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Slow
    @Test
    void closesConnectionsAndDeletesQueuesBehindAClient(RabbitNode node) throws Exception {
        Connection connection = connect(node.amqpUri());
        connection.createChannel().queueDeclare("doomed", true, false, false, null);
        CompletableFuture<ShutdownSignalException> closed = new CompletableFuture<>();
        connection.addShutdownListener(closed::complete);

        node.closeAllConnections();
        node.deleteQueue("doomed");

        assertThat(closed.get(10, TimeUnit.SECONDS).getMessage()).contains("closed by the test");
        assertThat(node.ctl("list_queues", "name")).doesNotContain("doomed");
    }

    @Test
    void answersNobodyWhilePaused(RabbitNode node) throws Exception {
        try (Connection connection = connect(node.amqpUri())) {
            Channel channel = connection.createChannel();
            node.pause();
            CompletableFuture<Boolean> declared = CompletableFuture.supplyAsync(() -> {
                try {
                    return channel.queueDeclare().getQueue() != null;
                } catch (IOException e) {
                    return false;
                }
            });
            assertThatThrownBy(() -> declared.get(500, TimeUnit.MILLISECONDS)).hasNoCause();
            node.resume();
            assertThat(declared.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @Slow
    void keepsDurableMessagesThroughAKillAndFormsACluster(@PrivateNode RabbitNode first, @PrivateNode RabbitNode second)
            throws Exception {
        Connection lost = connect(first.amqpUri());
        lost.createChannel().queueDeclare("q", true, false, false, null);
        publish(lost.createChannel(), "q", "survivor");
        CompletableFuture<ShutdownSignalException> closed = new CompletableFuture<>();
        lost.addShutdownListener(closed::complete);

        first.kill();

        assertThat(closed.get(10, TimeUnit.SECONDS).isInitiatedByApplication()).isFalse();
        first.restart();
        try (Connection connection = connect(first.amqpUri())) {
            assertThat(get(connection.createChannel(), "q")).isEqualTo("survivor");
        }

        second.join(first);

        try (Connection one = connect(first.amqpUri());
                Connection two = connect(second.amqpUri())) {
            one.createChannel().queueDeclare("qq", true, false, false, Map.of("x-queue-type", "quorum"));
            publish(two.createChannel(), "qq", "to both");
            assertThat(get(one.createChannel(), "qq")).isEqualTo("to both");
        }
        assertThat(first.ctl("list_queues", "name", "members")).contains("qq", first.erlangName(), second.erlangName());
        first.stop();
        connect(second.amqpUri()).close();
    }

    @Slow
    @Test
    void letsClientsInByTheirCertificate() throws Exception {
        TlsFiles files = TlsFiles.get();
        try (RabbitNode node = RabbitNode.start(RabbitSettings.PLAIN.withExternal())) {
            node.addUser(TlsFiles.CLIENT_NAME, "unused");
            ConnectionFactory factory = new ConnectionFactory();
            factory.setHost("localhost");
            factory.setPort(node.tlsPort());
            factory.setSaslConfig(DefaultSaslConfig.EXTERNAL);
            SslContextBuilder stranger =
                    SslContextBuilder.forClient().trustManager(files.ca().toFile());
            factory.netty().sslContext(stranger.build());
            // Of which kind depends on how far the client has got when the server hangs up.
            assertThatThrownBy(factory::newConnection).isInstanceOf(Exception.class);

            SslContextBuilder client = stranger.keyManager(
                    files.client().certificate().toFile(), files.client().key().toFile());
            factory.netty().sslContext(client.build());
            try (Connection connection = factory.newConnection()) {
                assertThat(node.ctl("list_connections", "user", "ssl")).contains(TlsFiles.CLIENT_NAME + "\ttrue");
                assertThat(connection.isOpen()).isTrue();
            }
        }
    }

    private static Connection connect(String uri) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection();
    }

    private static void publish(Channel channel, String queue, String body) throws Exception {
        channel.confirmSelect();
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body.getBytes(UTF_8));
        channel.waitForConfirmsOrDie(10_000);
    }

    private static String get(Channel channel, String queue) {
        GetResponse response = await().until(() -> channel.basicGet(queue, true), Objects::nonNull);
        return new String(response.getBody(), UTF_8);
    }
}
