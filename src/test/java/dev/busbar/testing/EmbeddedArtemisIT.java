package dev.busbar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.proton.ProtonClient;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EmbeddedArtemisIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void letsInWhoKnowsThePasswordAndSaysWhoItIs() throws Exception {
        try (var broker = EmbeddedArtemis.inMemory()) {
            assertThat(product(broker.port(), "guest")).isEqualTo("apache-activemq-artemis");
            Assertions.assertThatThrownBy(() -> product(broker.port(), "wrong"))
                    .hasMessageContaining("Failed to authenticate");
        }
    }

    @Test
    void keepsWhatIsDurableThroughARestart(@TempDir Path folder) throws Exception {
        try (var broker = EmbeddedArtemis.durable(folder)) {
            broker.server().createQueue(QueueConfiguration.of("kept").setRoutingType(RoutingType.ANYCAST));
            assertThat(send(broker.port(), "kept")).isInstanceOf(Accepted.class);

            broker.stop();
            broker.start();

            assertThat(broker.server().locateQueue(SimpleString.of("kept")).getMessageCount())
                    .isEqualTo(1);
            assertThat(send(broker.port(), "kept")).as("on the same port").isInstanceOf(Accepted.class);
        }
    }

    @Test
    void aNodeKeepsWhatIsDurableThroughAKill(@TempDir Path folder) throws Exception {
        try (var node = ArtemisNode.start(folder)) {
            assertThat(send(node.port(), "kept")).isInstanceOf(Accepted.class);
            node.kill();
            assertThat(node.isRunning()).isFalse();
        }
        try (var broker = EmbeddedArtemis.durable(folder)) {
            assertThat(broker.server().locateQueue(SimpleString.of("kept")).getMessageCount())
                    .isEqualTo(1);
        }
    }

    private String product(int port, String password) throws Exception {
        var product = new CompletableFuture<String>();
        ProtonClient.create(vertx).connect("127.0.0.1", port, "guest", password, connected -> {
            if (connected.failed()) {
                product.completeExceptionally(connected.cause());
                return;
            }
            var connection = connected.result();
            connection.openHandler(opened -> {
                product.complete("" + connection.getRemoteProperties().get(Symbol.valueOf("product")));
                connection.disconnect();
            });
            connection.open();
        });
        return get(product);
    }

    /** Sends a durable message to an anycast queue, which Artemis makes if there is none. */
    private DeliveryState send(int port, String queue) throws Exception {
        var outcome = new CompletableFuture<DeliveryState>();
        ProtonClient.create(vertx).connect("127.0.0.1", port, "guest", "guest", connected -> {
            if (connected.failed()) {
                outcome.completeExceptionally(connected.cause());
                return;
            }
            var connection = connected.result().open();
            var sender = connection.createSender(queue);
            var target = new org.apache.qpid.proton.amqp.messaging.Target();
            target.setAddress(queue);
            target.setCapabilities(Symbol.valueOf("queue"));
            sender.setTarget(target).open();
            var message = org.apache.qpid.proton.message.Message.Factory.create();
            message.setDurable(true);
            sender.send(message, delivery -> {
                outcome.complete(delivery.getRemoteState());
                connection.disconnect();
            });
        });
        return get(outcome);
    }

    private static <T> T get(CompletableFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(20, TimeUnit.SECONDS);
    }
}
