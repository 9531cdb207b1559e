package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.config.BrokerUri;
import dev.busbar.config.Declaration;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.broker.RabbitMq;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues that are neither durable nor exclusive, on a RabbitMQ that does not permit them any more. */
@ExtendWith(RabbitExtension.class)
class DeprecatedQueueIT extends BrokerContract {

    private static RabbitNode node;

    DeprecatedQueueIT() {
        super(new RabbitMq(node));
    }

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(
                RabbitRelease.chosen().isAtLeast(RabbitRelease.V4_0), "RabbitMQ 3.10 permits everything");
        node = RabbitNode.start(
                RabbitSettings.PLAIN.with("deprecated_features.permit.transient_nonexcl_queues", "false"));
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp", "amqp10"})
    void areRefusedAtOnceAndTheRemedyIsNamed(String scheme) {
        var queue = new QueueConfig(
                queueName, QueueLife.PERSISTENT, QueueType.CLASSIC, false, false, false, Declaration.TRUE, Map.of());
        var client = client(config(
                        Duration.ofMinutes(3), BrokerUri.parse(node.amqpUri().replaceFirst("^amqp:", scheme + ":"))))
                .connect();

        assertThatThrownBy(() -> client.subscribe(exchange, queue, 10, Inbox.accepting(), "#"))
                .hasMessageContaining("declaring queue '" + queueName + "'")
                .hasMessageContaining("transient_nonexcl_queues")
                .hasMessageContaining("Leave out from.queue.durable");
        assertThat(admin.queueExists(queueName)).isFalse();
    }
}
