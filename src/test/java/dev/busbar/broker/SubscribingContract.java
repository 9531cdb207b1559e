package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.QueueLife;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests filters, order and prefetch, and that no message is missed. */
public abstract class SubscribingContract extends BrokerContract {

    protected SubscribingContract(BrokerUnderTest broker) {
        super(broker);
    }

    @Test
    void deliversWhatMatchesAndNothingElse() {
        var client = connected();
        var builds = Inbox.accepting();
        var changes = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, builds, "builds.*.finished");
        client.subscribe(exchange, fleeting(), 10, changes, "changes.#");
        var publisher = client.publisher(exchange);

        client.publish(publisher, message("builds.17.started", "no"));
        client.publish(publisher, message("builds.17.finished.late", "no"));
        client.publish(publisher, message("builds.17.finished", "yes"));
        client.publish(publisher, message("changes.1", "one"));

        var first = builds.take();
        assertThat(first.message().body().toString()).isEqualTo("yes");
        assertThat(first.message().routingKey()).isEqualTo("builds.17.finished");
        assertThat(first.message().exchange()).isEqualTo(exchangeName);
        assertThat(first.redelivered()).isFalse();
        assertThat(changes.takeText()).isEqualTo("one");
        assertThat(builds.size() + changes.size()).isZero();
    }

    @Test
    void everyFormOfFilterMatchesAsItSays() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var keys = List.of("a", "a.b", "a.b.c", "b", "b.a", "a..c");
        var client = connected();
        var publisher = client.publisher(exchange);
        var filters = List.of("#", "*", "a.*", "*.b", "a.#", "#.c", "a.b.c", "*.*", "a.*.c", "a.#.c");
        var inboxes = new ArrayList<Inbox>();
        for (var filter : filters) {
            var inbox = Inbox.accepting();
            inboxes.add(inbox);
            client.subscribe(exchange, fleeting(), 100, inbox, filter, "end.of.test");
        }

        keys.forEach(key -> client.publish(publisher, message(key, key)));
        client.publish(publisher, message("end.of.test", "end"));

        for (var i = 0; i < filters.size(); i++) {
            var filter = dev.busbar.topic.TopicFilter.parse(filters.get(i));
            var expected = new ArrayList<>(keys.stream().filter(filter::matches).toList());
            expected.add("end");
            assertThat(inboxes.get(i).takeTexts(expected.size()))
                    .as("of %s", filter)
                    .isEqualTo(expected);
        }
    }

    @Test
    void severalFiltersOfOneQueueDeliverEachMessageOnce() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 10, inbox, "a.*", "*.b", "a.b", "#");
        var publisher = client.publisher(exchange);

        client.publish(publisher, message("a.b", "once"));
        client.publish(publisher, message("c", "then"));

        assertThat(inbox.takeTexts(2)).containsExactly("once", "then");
        assertThat(inbox.size()).isZero();
    }

    @Test
    void whatIsPublishedOnceSubscribedArrivesTwoHundredTimes() {
        var subscriber = connected();
        var producer = connected();
        var publisher = producer.publisher(exchange);

        for (var i = 0; i < 200; i++) {
            var inbox = Inbox.accepting();
            var subscription = subscriber.subscribe(exchange, fleeting(), 10, inbox, "n." + i);
            producer.publish(publisher, message("n." + i, "" + i));
            assertThat(inbox.takeText()).isEqualTo("" + i);
            subscriber.on(subscription::close);
        }
    }

    @Test
    void keepsTheOrderOfOneProducer() {
        var client = connected();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, fleeting(), 250, inbox, "#");
        var publisher = client.publisher(exchange);

        var published = client.publishAll(publisher, IntStream.range(0, 10_000).mapToObj(i -> message("n", "" + i)));

        assertThat(inbox.takeTexts(10_000))
                .isEqualTo(IntStream.range(0, 10_000).mapToObj(i -> "" + i).toList());
        done(published);
    }

    @Test
    void prefetchBoundsWhatIsUnsettled() {
        admin.declareQueue(queueName);
        admin.publish(
                "", queueName, IntStream.range(0, 40).mapToObj(i -> "" + i).toArray(String[]::new));
        var client = connected();
        var inbox = Inbox.keeping();
        client.subscribe(exchange, persistent(), 10, inbox);

        var unsettled = new ArrayList<>(inbox.take(10));
        for (var received = 10; received < 40; received++) {
            assertThat(inbox.size()).as("beyond the prefetch of 10").isZero();
            unsettled.remove(0).settle(Settlement.ACCEPTED);
            unsettled.add(inbox.take());
        }

        assertThat(inbox.size()).isZero();
        assertThat(unsettled).extracting(it -> it.message().body().toString()).contains("39");
    }

    @Test
    void stopEndsTheFlowAndLetsWhatIsInHandBeSettled() {
        var client = connected();
        var inbox = Inbox.keeping();
        var subscription = client.subscribe(exchange, persistent(), 10, inbox, "#");
        var publisher = client.publisher(exchange);
        client.publish(publisher, message("k", "before"));
        var before = inbox.take();

        client.on(subscription::stop);
        client.publish(publisher, message("k", "after"));
        before.settle(Settlement.ACCEPTED);
        client.on(subscription::close);

        assertThat(inbox.size()).isZero();
        assertThat(subscription.state()).isInstanceOf(SubscriptionState.Stopped.class);
        assertThat(admin.get(queueName).text()).isEqualTo("after");
        assertThat(admin.get(queueName)).isNull();
        client.on(subscription::stop);
        client.on(subscription::close);
    }

    @Test
    void tellsTheStateAtOnceAndEachChange() {
        var client = connected();
        var subscription = client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "#");
        var states = new CopyOnWriteArrayList<SubscriptionState>();
        client.run(() -> subscription.onStateChange(states::add));

        assertThat(subscription.queue()).isNotEmpty();
        client.on(subscription::close);

        assertThat(states).containsExactly(new SubscriptionState.Active(), new SubscriptionState.Stopped());
    }

    @Test
    void twoConsumersOfOneQueueShareItsMessages() {
        var one = Inbox.keeping();
        var other = Inbox.keeping();
        var queue = queue(queueName, QueueLife.PERSISTENT);
        connected().subscribe(exchange, queue, 1, other, "#");
        var client = connected();
        client.subscribe(exchange, queue, 1, one, "#");
        var publisher = client.publisher(exchange);

        for (var i = 0; i < 5; i++) {
            client.publish(publisher, message("k", "" + i));
        }

        assertThat(other.take()).isNotNull();
        for (var i = 0; i < 4; i++) {
            one.take().settle(Settlement.ACCEPTED);
        }
        assertThat(other.size()).isZero();
    }
}
