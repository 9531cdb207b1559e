package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.RabbitMq10;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Shows that a quorum queue drops a message that has failed more than 20 times, and does not count one given back
 * without a failure.
 */
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V4)
class RabbitMq10DeliveryLimitIT extends BrokerContract {

    private static final int DELIVERIES = 25;

    private static RabbitNode node;

    private final Topology topology = new Topology(
            exchange, new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.QUORUM, Map.of()), List.of());
    private Client client;

    RabbitMq10DeliveryLimitIT() {
        super(RabbitMq10.at(node));
    }

    @BeforeAll
    static void take(RabbitNode shared) {
        node = shared;
    }

    @BeforeEach
    void fill() {
        admin.declareQueue(queueName, Map.of("x-queue-type", "quorum"));
        admin.publish("", queueName, "x");
        client = connected();
    }

    /** Takes the next delivery. A message given back just now may not be there yet. */
    private Delivery next(Fetcher fetcher) {
        var next = new Delivery[1];
        eventually(() -> {
            next[0] = client.on(fetcher::next);
            assertThat(next[0]).isNotNull();
        });
        return next[0];
    }

    @Test
    void whatIsGivenBackOftenStays() {
        var fetcher = client.on(() -> client.connection.fetcher(topology));

        for (var i = 0; i < DELIVERIES; i++) {
            next(fetcher).settle(Settlement.REQUEUED);
        }

        assertThat(next(fetcher).redelivered()).isTrue();
    }

    @Test
    void whatIsInHandAtACloseOftenStays() {
        for (var i = 0; i < DELIVERIES; i++) {
            var fetcher = client.on(() -> client.connection.fetcher(topology));
            next(fetcher);
            client.on(fetcher::close);
        }

        assertThat(next(client.on(() -> client.connection.fetcher(topology))).redelivered())
                .isTrue();
    }
}
