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
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.broker.RabbitMq10;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests what RabbitMQ from 4.3 on takes back from a slow consumer of a quorum queue over AMQP 1.0. */
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V4)
class RabbitMq10ConsumerTimeoutIT extends BrokerContract {

    private static RabbitNode node;

    private final Inbox inbox = Inbox.keeping();
    private Client client;

    RabbitMq10ConsumerTimeoutIT() {
        super(RabbitMq10.at(node));
    }

    @BeforeAll
    static void start() {
        node = RabbitNode.start(RabbitRelease.V4, RabbitSettings.PLAIN.with("consumer_timeout", "3000"));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void connect() {
        client = connected();
    }

    private void consume(int prefetch) {
        var quorum = new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.QUORUM, Map.of());
        client.subscribe(exchange, quorum, prefetch, inbox, "#");
    }

    /** The broker has taken back one of these at least. */
    private static void awaitTakenBack(List<Delivery> deliveries) {
        eventually(() -> {
            node.lookAtConsumerTimeouts();
            assertThat(deliveries).anyMatch(delivery -> !delivery.live());
        });
    }

    private static String text(Delivery delivery) {
        return delivery.message().body().toString();
    }

    @Test
    void whatIsTakenBackFromASlowHandlerComesAgainAndTheRestGoesOn() {
        consume(1);
        admin.publish(exchangeName, "k", "slow", "2", "3");
        var slow = inbox.take();
        assertThat(text(slow)).isEqualTo("slow");

        awaitTakenBack(List.of(slow));
        var next = inbox.take();

        // Too late: it counts for nothing.
        slow.settle(Settlement.ACCEPTED);
        var handled = new HashSet<String>();
        handle(List.of(next), handled);
        handleAll(3, handled);
        awaitNothingLeft();
    }

    @Test
    void whateverIsTakenBackOfWhatIsInHandNothingIsLost() {
        var count = 50;
        consume(count);
        admin.publish(
                exchangeName,
                "k",
                IntStream.range(0, count).mapToObj(i -> "" + i).toArray(String[]::new));
        var inHand = inbox.take(count);
        awaitTakenBack(inHand);

        var handled = new HashSet<String>();
        handle(inHand, handled);
        handleAll(count, handled);

        awaitNothingLeft();
        admin.publish(exchangeName, "k", "end");
        assertThat(text(inbox.take())).isEqualTo("end");
    }

    private void handleAll(int count, Set<String> handled) {
        while (handled.size() < count) {
            handle(List.of(inbox.take()), handled);
        }
    }

    /** A delivery that was taken back while its outcome was on its way comes again. */
    private void awaitNothingLeft() {
        eventually(() -> {
            while (inbox.size() > 0) {
                inbox.take().settle(Settlement.ACCEPTED);
            }
            assertThat(admin.status(queueName).messages()).isZero();
        });
    }

    /**
     * Accepts deliveries, as a handler does that cannot tell whether the broker has a delivery back. The outcome counts
     * if the broker has not.
     */
    private static void handle(List<Delivery> deliveries, Set<String> handled) {
        for (var delivery : deliveries) {
            if (delivery.live()) {
                handled.add(text(delivery));
            }
            delivery.settle(Settlement.ACCEPTED);
        }
    }
}
