package dev.busbar.broker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.ConnectionFactory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class EmbeddedBrokerIT {

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(vertx, EmbeddedBrokerTest.memory(0)).await();
    }

    @AfterEach
    void stop() {
        broker.stop().await();
        vertx.close().await();
    }

    @Test
    void keepsAnIdleConnectionAliveWithHeartbeats() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker.uri());
        factory.setRequestedHeartbeat(1);
        try (Amqp amqp = Amqp.connect(factory)) {
            assertThat(amqp.connection().getHeartbeat()).isEqualTo(1);
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> amqp.connection().isOpen());
        }
    }

    @Test
    void carries64MiBInOneMessage() throws Exception {
        byte[] body = new byte[64 << 20];
        new Random(1).nextBytes(body);
        try (Amqp amqp = Amqp.connect(broker.uri())) {
            amqp.declareDurable("big");
            amqp.publishConfirmed("big", body);

            assertThat(Arrays.equals(amqp.get("big"), body)).isTrue();
        }
    }
}
