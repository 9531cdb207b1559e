package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.BrokerUnderTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests what the broker does with a delivery's outcome. */
public abstract class SettlingContract extends BrokerContract {

    private Client client;
    private final Inbox inbox = Inbox.keeping();

    protected SettlingContract(BrokerUnderTest broker) {
        super(broker);
    }

    private Subscription given(int prefetch, String... messages) {
        admin.declareQueue(queueName);
        admin.publish("", queueName, messages);
        client = connected();
        return client.subscribe(exchange, persistent(), prefetch, inbox);
    }

    /**
     * Returns the texts left in the queue, once there are so many: a broker may answer a close before it has taken back
     * all that was in hand.
     */
    private List<String> left(int count) {
        eventually(() -> assertThat(admin.status(queueName).messages()).isEqualTo(count));
        var texts = new ArrayList<String>();
        for (var got = admin.get(queueName); got != null; got = admin.get(queueName)) {
            texts.add(got.text() + (got.redelivered() ? " again" : ""));
        }
        return texts;
    }

    /** Returns a text as {@link #left()} has it if the message was in hand when its consumer closed. */
    private String returned(String text) {
        return text + (broker.marksWhatClosingReturns() ? " again" : "");
    }

    @Test
    void acceptedIsRemoved() {
        var subscription = given(10, "a");

        inbox.take().settle(Settlement.ACCEPTED);
        client.on(subscription::close);

        assertThat(left(0)).isEmpty();
    }

    @Test
    void requeuedComesAgainMarkedAsRedelivered() {
        var subscription = given(10, "a");

        inbox.take().settle(Settlement.REQUEUED);
        var again = inbox.take();

        assertThat(again.message().body().toString()).isEqualTo("a");
        assertThat(again.redelivered()).isTrue();
        again.settle(Settlement.ACCEPTED);
        client.on(subscription::close);
        assertThat(left(0)).isEmpty();
    }

    @Test
    void rejectedIsDropped() {
        var subscription = given(10, "a", "b");

        inbox.take().settle(Settlement.REJECTED);
        client.on(subscription::close);

        assertThat(left(1)).containsExactly(returned("b"));
    }

    @ParameterizedTest
    @EnumSource(Settlement.class)
    void onlyTheFirstSettlementCounts(Settlement second) {
        var subscription = given(1, "a", "b");
        var delivery = inbox.take();
        assertThat(delivery.live()).isTrue();

        delivery.settle(Settlement.ACCEPTED);
        delivery.settle(second);
        inbox.take().settle(Settlement.ACCEPTED);
        delivery.settle(second);
        client.run(() -> assertThat(delivery.live()).isFalse());
        client.on(subscription::close);

        assertThat(left(0)).isEmpty();
    }

    @Test
    void unsettledReturnsWhenTheSubscriptionCloses() {
        var subscription = given(10, "a", "b", "c");
        var deliveries = inbox.take(3);
        deliveries.get(1).settle(Settlement.ACCEPTED);

        client.on(subscription::close);

        assertThat(deliveries).noneMatch(Delivery::live);
        deliveries.forEach(delivery -> delivery.settle(Settlement.ACCEPTED));
        client.get(() -> null);
        assertThat(left(2)).containsExactly(returned("a"), returned("c"));
    }

    @Test
    void unsettledReturnsWhenTheConnectionCloses() {
        given(10, "a", "b");
        var deliveries = inbox.take(2);

        client.close();

        assertThat(deliveries).noneMatch(Delivery::live);
        deliveries.forEach(delivery -> delivery.settle(Settlement.REJECTED));
        assertThat(left(2)).containsExactly(returned("a"), returned("b"));
    }

    @ParameterizedTest
    @EnumSource(Settlement.class)
    void whatIsSettledInTheTurnOfTheCloseIsSettled(Settlement settlement) {
        given(10, "a", "b");
        var deliveries = inbox.take(2);

        client.on(() -> {
            deliveries.get(0).settle(settlement);
            return client.connection.close();
        });

        switch (settlement) {
            case ACCEPTED, REJECTED -> assertThat(left(1)).containsExactly(returned("b"));
            case REQUEUED, FAILED -> assertThat(left(2)).containsExactly("a again", returned("b"));
            case RELEASED ->
                assertThat(left(2))
                        .satisfiesExactly(
                                a -> assertThat(a).isIn("a", "a again"),
                                b -> assertThat(b).isEqualTo(returned("b")));
        }
    }

    @Test
    void settlesFromAnyThread() throws InterruptedException {
        var subscription = given(1, "a", "b");
        var delivery = inbox.take();

        var thread = new Thread(() -> delivery.settle(Settlement.ACCEPTED), "test-settles");
        thread.start();
        thread.join();

        inbox.take().settle(Settlement.ACCEPTED);
        client.on(subscription::close);
        assertThat(left(0)).isEmpty();
    }

    @Test
    void settlesManyInAnyOrder() {
        var count = 5_000;
        var subscription =
                given(count, IntStream.range(0, count).mapToObj(i -> "" + i).toArray(String[]::new));
        var deliveries = inbox.take(count);
        Collections.shuffle(deliveries, new Random(17));

        deliveries.forEach(delivery -> delivery.settle(Settlement.ACCEPTED));
        client.on(subscription::close);

        var successor = Inbox.accepting();
        client.subscribe(exchange, persistent(), 10, successor);
        admin.publish("", queueName, "end");
        assertThat(successor.takeText()).isEqualTo("end");
    }

    @Test
    void mixedOutcomesInAnyOrderHitTheRightMessages() {
        var count = 600;
        var subscription =
                given(count, IntStream.range(0, count).mapToObj(i -> "" + i).toArray(String[]::new));
        var deliveries = inbox.take(count);
        Collections.shuffle(deliveries, new Random(4));

        for (var delivery : deliveries) {
            switch (Integer.parseInt(delivery.message().body().toString()) % 3) {
                case 0 -> delivery.settle(Settlement.ACCEPTED);
                case 1 -> delivery.settle(Settlement.REJECTED);
                default -> {} // returns on close
            }
        }
        client.on(subscription::close);

        assertThat(left(count / 3))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count)
                        .filter(i -> i % 3 == 2)
                        .mapToObj(i -> returned("" + i))
                        .toList());
    }
}
