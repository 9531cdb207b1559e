package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Tests what quorum queues of RabbitMQ 4 have besides what every queue has, as a route meets it. */
abstract class QuorumQueueContract extends BrokerContract {

    private static final String NONE = "none";

    private final boolean newest;
    private final Inbox inbox = Inbox.keeping();
    private Client client;

    /**
     * Makes a contract for one broker.
     *
     * @param newest whether the broker is of the newest release, and not a 4.0
     */
    QuorumQueueContract(BrokerUnderTest broker, boolean newest) {
        super(broker);
        this.newest = newest;
    }

    private void declare(Map<String, Object> arguments, String... priorities) {
        client = connected();
        var queue = new QueueConfig(queueName, QueueLife.PERSISTENT, QueueType.QUORUM, arguments);
        client.on(
                client.on(() -> client.connection.subscribe(Client.spec(exchange, queue, 1), Inbox.keeping()))::close);
        admin.publish(Arrays.stream(priorities).map(this::ofPriority).toList());
        client.subscribe(exchange, queue, 1, inbox);
    }

    private BridgeMessage ofPriority(String priority) {
        var properties =
                MessageProperties.builder().contentType("application/json").persistent(true);
        return new BridgeMessage(
                "",
                queueName,
                (priority.equals(NONE) ? properties : properties.priority(Integer.parseInt(priority))).build(),
                Buffer.buffer(priority));
    }

    private List<String> order(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var next = inbox.take();
                    next.settle(Settlement.ACCEPTED);
                    return next.message().body().toString();
                })
                .toList();
    }

    /**
     * Shows the order of deliveries: in 4.3 strictly by 32 priorities, none counting as 4; in 4.0 by two classes, two
     * messages of the upper to one of the lower.
     */
    @Test
    void deliversByPriority() {
        declare(Map.of(), "1", "5", "9", NONE, "0", "4", "3");

        // The first message may be delivered before the others are there.
        assertThat(order(7))
                .containsExactlyElementsOf(
                        newest
                                ? List.of("9", "5", NONE, "4", "3", "1", "0")
                                : List.of("5", "9", "1", NONE, "0", "4", "3"));
    }

    /** Gives messages back: in 4.3 that counts as acquired and not as failed; in 4.0 as failed. */
    @Test
    void countsHowOftenAMessageWasAcquiredBesideHowOftenItFailed() {
        declare(Map.of(), NONE);

        var first = inbox.take();
        assertThat(headers(first)).doesNotContainKeys("x-acquired-count", "x-delivery-count");
        first.settle(Settlement.REQUEUED);
        var second = inbox.take();

        assertThat(second.redelivered()).isTrue();
        if (newest) {
            assertThat(number(second, "x-acquired-count")).isEqualTo(1);
            assertThat(number(second, "x-delivery-count")).isZero();
        } else {
            assertThat(number(second, "x-delivery-count")).isEqualTo(1);
            assertThat(headers(second)).doesNotContainKey("x-acquired-count");
        }
        second.settle(Settlement.ACCEPTED);
    }

    private static Map<String, Object> headers(Delivery delivery) {
        return delivery.message().properties().headers();
    }

    private static long number(Delivery delivery, String header) {
        return headers(delivery).get(header) instanceof Number number ? number.longValue() : 0;
    }

    /**
     * Delays messages given back: the broker keeps them for a while, if the queue is declared so; 4.0 ignores the
     * arguments.
     */
    @Test
    void delaysWhatIsGivenBackAsTheQueuesArgumentsSay() {
        var pause = Duration.ofMillis(600);
        declare(
                Map.of(
                        "x-delayed-retry-type",
                        "all",
                        "x-delayed-retry-min",
                        (int) pause.toMillis(),
                        "x-delayed-retry-max",
                        (int) pause.toMillis()),
                NONE);

        var first = inbox.take();
        var began = System.nanoTime();
        first.settle(Settlement.REQUEUED);
        var second = inbox.take();

        var waited = Duration.ofNanos(System.nanoTime() - began);
        if (newest) {
            assertThat(waited).isGreaterThan(pause.dividedBy(2));
        }
        second.settle(Settlement.ACCEPTED);
    }

    /** Uses the time-out that a queue has of its own from 4.3 on: the message comes again, and the consumer goes on. */
    @Test
    void takesBackWhatIsHeldLongerThanTheQueueAllows() {
        Assumptions.assumeTrue(newest, "4.0 knows the argument and looks once a minute");
        declare(Map.of("x-consumer-timeout", 1_000), NONE, NONE);

        var first = inbox.take();
        var again = inbox.take();

        assertThat(again.redelivered()).isTrue();
        assertThat(first.live()).isFalse();
        first.settle(Settlement.ACCEPTED);
        again.settle(Settlement.ACCEPTED);
        inbox.take().settle(Settlement.ACCEPTED);
    }
}
