package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests taking messages from a queue on demand, and asking for its depth. */
public abstract class FetchingContract extends BrokerContract {

    private Client client;

    protected FetchingContract(BrokerUnderTest broker) {
        super(broker);
    }

    private Fetcher given(String... messages) {
        queued(messages);
        return fetcher();
    }

    /** Publishes texts to the queue without a fetcher, which is a consumer over AMQP 1.0. */
    private void queued(String... messages) {
        admin.declareQueue(queueName);
        admin.publish("", queueName, messages);
        client = connected();
    }

    private Fetcher fetcher() {
        return client.on(() -> client.connection.fetcher(new Topology(exchange, persistent(), List.of())));
    }

    private Delivery next(Fetcher fetcher) {
        return client.on(() -> fetcher.next().onSuccess(it -> {
            if (it != null) {
                it.message();
            }
        }));
    }

    private List<String> rest(Fetcher fetcher) {
        var texts = new ArrayList<String>();
        for (var got = next(fetcher); got != null; got = next(fetcher)) {
            texts.add(got.message().body().toString());
        }
        return texts;
    }

    @Test
    void takesOneAtATimeUntilThereIsNone() {
        var fetcher = given("a", "b");

        assertThat(next(fetcher).message().body().toString()).isEqualTo("a");
        assertThat(next(fetcher).message().body().toString()).isEqualTo("b");
        assertThat(next(fetcher)).isNull();
        admin.publish("", queueName, "c");
        assertThat(next(fetcher).message().body().toString()).isEqualTo("c");
        assertThat(next(fetcher)).isNull();
    }

    @Test
    void theNextMayBeAskedForInTheTurnOfTheLast() {
        var fetcher = given("a", "b");

        var third = client.on(() -> fetcher.next().compose(a -> fetcher.next()).compose(b -> fetcher.next()));

        assertThat(third).isNull();
    }

    @Test
    void takesNothingThatIsNotAskedFor() {
        var fetcher = given("a", "b", "c");
        next(fetcher).settle(Settlement.ACCEPTED);

        var other = client.subscribe(exchange, persistent(), 10, Inbox.accepting());

        eventually(() -> assertThat(admin.status(queueName).messages()).isZero());
        assertThat(next(fetcher)).isNull();
        client.on(other::close);
    }

    @Test
    void whatIsAcceptedIsGoneAndTheRestIsBackInItsOrderWhenItHasClosed() {
        var texts = IntStream.range(0, 50).mapToObj(i -> "" + i).toArray(String[]::new);
        var fetcher = given(texts);
        for (var i = 0; i < 30; i++) {
            var delivery = next(fetcher);
            if (i == 3 || i == 20) {
                delivery.settle(Settlement.ACCEPTED);
            }
        }

        client.on(fetcher::close);

        eventually(() -> assertThat(admin.status(queueName).messages()).isEqualTo(48));
        assertThat(rest(fetcher()))
                .containsExactlyElementsOf(IntStream.range(0, 50)
                        .filter(i -> i != 3 && i != 20)
                        .mapToObj(i -> "" + i)
                        .toList());
    }

    /**
     * Takes messages and gives them back often. A broker that counts this takes such messages out of its queue at last.
     */
    @Test
    void lookingOftenLosesNothing() {
        var fetcher = given("a", "b");
        for (var i = 0; i < 25; i++) {
            assertThat(rest(fetcher)).as("look %d", i).containsExactly("a", "b");
            client.on(fetcher::close);
            eventually(() -> assertThat(admin.status(queueName).messages()).isEqualTo(2));
            fetcher = fetcher();
        }
    }

    @Test
    void isOverWithItsConnection() {
        var fetcher = given("a");
        var delivery = next(fetcher);

        client.close();

        assertThat(delivery.live()).isFalse();
        assertThat(failure(client.later(fetcher::next)).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(fetcher.ended()).isNotNull();
    }

    @Test
    void aQueueThatIsMissingIsSaidAndHarmsNobody() {
        client = connected();
        var inbox = Inbox.accepting();
        admin.declareQueue(queueName);
        client.subscribe(exchange, persistent(), 10, inbox);
        var missing = new Topology(
                exchange, queue(queueName + "-missing", persistent().life()), List.of());

        var refused = client.later(() -> client.connection.fetcher(missing).compose(Fetcher::next));

        assertThat(failure(refused).kind()).isEqualTo(Kind.NOT_FOUND);
        admin.publish("", queueName, "a");
        assertThat(inbox.takeText()).isEqualTo("a");
    }

    @Test
    void depthIsWhatWaitsAndWhoConsumes() {
        broker.assume(Ability.COUNTING);
        queued("a", "b", "c");
        assertThat(depth()).isEqualTo(new QueueDepth(3, 0));
        var inbox = Inbox.keeping();

        client.subscribe(exchange, persistent(), 10, inbox);
        inbox.take(3).forEach(it -> it.settle(Settlement.ACCEPTED));

        eventually(() -> assertThat(depth()).isEqualTo(new QueueDepth(0, 1)));
    }

    private QueueDepth depth() {
        return client.on(() -> client.connection.depth(queueName));
    }

    @Test
    void depthThatIsNotToldIsAFailureAndNotNone() {
        queued("a");

        if (!broker.abilities().contains(Ability.COUNTING)) {
            assertThat(failure(client.later(() -> client.connection.depth(queueName))))
                    .hasMessageContaining("does not tell");
        }
    }

    /** Shows that a missing queue harms neither the consumer nor a request made at the same time. */
    @Test
    void theDepthOfAQueueThatIsMissingIsSaidAndHarmsNobody() {
        broker.assume(Ability.COUNTING);
        queued("a");
        var consumed = Inbox.accepting();
        client.subscribe(exchange, persistent(), 10, consumed);
        assertThat(consumed.takeText()).isEqualTo("a");

        for (var i = 0; i < 3; i++) {
            var missing = client.later(() -> client.connection.depth(queueName + "-missing"));
            var present = client.later(() -> client.connection.depth(queueName));
            assertThat(failure(missing).kind()).isEqualTo(Kind.NOT_FOUND);
            assertThat(Await.done(present).consumers()).isEqualTo(1);
        }

        admin.publish("", queueName, "b");
        assertThat(consumed.takeText()).isEqualTo("b");
    }

    @Test
    void whileThereIsNoConnectionTheDepthIsNotKnown() {
        client = client(config(broker.uri()));

        assertThat(failure(client.later(() -> client.connection.depth(queueName)))
                        .kind())
                .isEqualTo(Kind.UNREACHABLE);
    }
}
