package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.CuttableProxy;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests bindings that are added and removed on a queue that is being consumed. */
public abstract class BindingContract extends BrokerContract {

    private CuttableProxy proxy;
    private Client client;

    protected BindingContract(BrokerUnderTest broker) {
        super(broker);
    }

    @BeforeEach
    void connectThroughAProxy() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        proxy = new CuttableProxy(broker.uri().host(), broker.uri().port());
        client = client(config(at(proxy.port()))).connect();
    }

    @AfterEach
    void closeProxy() {
        if (proxy != null) {
            client.close();
            proxy.close();
        }
    }

    private static Future<Void> bind(Subscription subscription, String filter) {
        return subscription.bind(TopicFilter.parse(filter));
    }

    private static Future<Void> unbind(Subscription subscription, String filter) {
        return subscription.unbind(TopicFilter.parse(filter));
    }

    private static void awaitActive(Subscription subscription) {
        eventually(() -> assertThat(subscription.state()).isInstanceOf(SubscriptionState.Active.class));
    }

    private void awaitAway(Subscription subscription) {
        eventually(() -> assertThat(client.get(subscription::state)).isInstanceOf(SubscriptionState.Recovering.class));
    }

    /** Publishes a message with the key {@code end}, and returns the texts that arrive before it. */
    private List<String> upToTheEnd(Inbox inbox) {
        admin.publish(exchangeName, "end", "end");
        var texts = new ArrayList<String>();
        for (var text = inbox.takeText(); !text.equals("end"); text = inbox.takeText()) {
            texts.add(text);
        }
        return texts;
    }

    @Test
    void whatIsPublishedOnceAFilterIsBoundArrivesAHundredTimes() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, fleeting(), 10, inbox);
        var producer = connected();
        var publisher = producer.publisher(exchange);

        for (var i = 0; i < 100; i++) {
            done(bind(subscription, "n." + i + ".*"));
            producer.publish(publisher, message("n." + i + ".x", "" + i));
            assertThat(inbox.takeText()).isEqualTo("" + i);
        }
    }

    @Test
    void whatIsPublishedOnceAFilterIsUnboundDoesNotArrive() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, fleeting(), 10, inbox, "first", "end");
        done(bind(subscription, "second"));

        done(unbind(subscription, "first"));
        admin.publish(exchangeName, "first", "1");
        admin.publish(exchangeName, "second", "2");
        assertThat(upToTheEnd(inbox)).containsExactly("2");

        done(unbind(subscription, "second"));
        admin.publish(exchangeName, "second", "2");
        assertThat(upToTheEnd(inbox)).isEmpty();
    }

    @Test
    void bindingAndUnbindingAgainChangesNothing() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, fleeting(), 10, inbox, "end");

        done(unbind(subscription, "never.bound"));
        done(bind(subscription, "end"));
        done(bind(subscription, "k"));
        done(bind(subscription, "k"));
        admin.publish(exchangeName, "k", "once");
        assertThat(upToTheEnd(inbox)).containsExactly("once");

        done(unbind(subscription, "k"));
        done(unbind(subscription, "k"));
        admin.publish(exchangeName, "k", "never");
        assertThat(upToTheEnd(inbox)).isEmpty();
    }

    @Test
    void aMessageThatSeveralFiltersMatchArrivesOnce() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, fleeting(), 10, inbox, "a.*", "end");
        done(Future.all(bind(subscription, "*.b"), bind(subscription, "a.#")));

        admin.publish(exchangeName, "a.b", "once");
        assertThat(upToTheEnd(inbox)).containsExactly("once");

        done(unbind(subscription, "a.#"));
        admin.publish(exchangeName, "a.b", "still");
        admin.publish(exchangeName, "a.b.c", "not any more");
        assertThat(upToTheEnd(inbox)).containsExactly("still");
    }

    @Slow
    @Test
    void aThousandFiltersAreBoundAtOnceAndUnboundAtOnce() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, fleeting(), 250, inbox, "end");
        var filters = IntStream.range(0, 1_000).mapToObj(i -> "n." + i).toList();
        var publisher = client.publisher(exchange);

        done(Future.all(filters.stream().map(it -> bind(subscription, it)).toList()));
        done(client.publishAll(publisher, filters.stream().map(it -> message(it, it))));
        assertThat(inbox.takeTexts(1_000)).isEqualTo(filters);

        done(Future.all(filters.stream().map(it -> unbind(subscription, it)).toList()));
        admin.publish(exchangeName, "n.0", "not any more");
        admin.publish(exchangeName, "n.999", "not any more");
        assertThat(upToTheEnd(inbox)).isEmpty();
    }

    @Test
    void changesInQuickSuccessionEndInTheOrderAsked() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, fleeting(), 250, inbox, "end");
        var asked = new ArrayList<Future<Void>>();
        for (var i = 0; i < 200; i++) {
            // More than one batch, so that some changes overtake waiting ones and some those under way.
            for (var filter : List.of("even." + i, "odd." + i)) {
                asked.add(bind(subscription, filter).otherwiseEmpty());
                asked.add(unbind(subscription, filter));
            }
            asked.add(bind(subscription, "odd." + i));
        }

        done(Future.all(asked));
        for (var i = 0; i < 200; i++) {
            admin.publish(exchangeName, "even." + i, "even");
        }
        admin.publish(exchangeName, "odd.0", "first");
        admin.publish(exchangeName, "odd.199", "last");

        assertThat(upToTheEnd(inbox)).containsExactly("first", "last");
    }

    @Test
    void aFilterUnboundBeforeItWasLiveFails() {
        var subscription = client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "end");
        proxy.breakDown();
        awaitAway(subscription);

        var binding = bind(subscription, "too.late");
        done(unbind(subscription, "too.late"));

        assertThat(failure(binding)).hasMessageContaining("too.late").hasMessageContaining("unbound");
    }

    @ParameterizedTest
    @EnumSource(QueueLife.class)
    void filtersComeBackAfterACutAsTheyWereLast(QueueLife life) {
        var inbox = Inbox.accepting();
        var queue = life == QueueLife.TRANSIENT ? fleeting() : queue(queueName, life);
        var subscription = client.subscribe(exchange, queue, 10, inbox, "first", "end");
        done(bind(subscription, "second"));
        done(bind(subscription, "third"));
        done(unbind(subscription, "first"));
        done(unbind(subscription, "third"));

        proxy.breakDown();
        awaitAway(subscription);
        proxy.repair();
        awaitActive(subscription);
        admin.publish(exchangeName, "first", "1");
        admin.publish(exchangeName, "second", "2");
        admin.publish(exchangeName, "third", "3");

        assertThat(upToTheEnd(inbox)).containsExactly("2");
    }

    @ParameterizedTest
    @EnumSource(QueueLife.class)
    void whatIsAskedWhileTheBrokerIsAwayIsSoWhenItIsBack(QueueLife life) {
        var inbox = Inbox.accepting();
        var queue = life == QueueLife.TRANSIENT ? fleeting() : queue(queueName, life);
        var subscription = client.subscribe(exchange, queue, 10, inbox, "first", "end");
        done(bind(subscription, "second"));
        proxy.breakDown();
        awaitAway(subscription);

        var third = bind(subscription, "third");
        var unasked = bind(subscription, "unasked");
        done(unbind(subscription, "first"));
        done(unbind(subscription, "second"));
        done(unbind(subscription, "unasked"));
        var again = bind(subscription, "second");
        assertThat(third.isComplete() || again.isComplete()).isFalse();
        proxy.repair();

        done(third);
        done(again);
        assertThat(unasked.failed()).isTrue();
        // The answer to the last request follows those to all earlier ones.
        done(bind(subscription, "fence"));
        admin.publish(exchangeName, "first", "1");
        admin.publish(exchangeName, "second", "2");
        admin.publish(exchangeName, "third", "3");
        admin.publish(exchangeName, "unasked", "4");
        assertThat(upToTheEnd(inbox)).containsExactly("2", "3");
    }

    @Test
    void aRequestWhoseAnswerIsLostIsMadeAgain() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, persistent(), 10, inbox, "first", "end");
        done(bind(subscription, "before"));
        proxy.swallowAnswers();

        var second = bind(subscription, "second");
        var first = unbind(subscription, "first");
        client.run(() -> {});
        proxy.cut();

        done(second);
        done(first);
        admin.publish(exchangeName, "first", "1");
        admin.publish(exchangeName, "second", "2");
        assertThat(upToTheEnd(inbox)).containsExactly("2");
    }

    @Slow
    @Test
    void everyFilterAskedForThroughCutsIsBoundInTheEnd() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, fleeting(), 250, inbox, "end");
        var asked = new ArrayList<Future<Void>>();

        for (var i = 0; i < 600; i++) {
            asked.add(bind(subscription, "n." + i));
            if (i % 200 == 100) {
                var some = asked.get(i / 2);
                proxy.cut();
                done(some);
            }
        }
        done(Future.all(asked));
        awaitActive(subscription);
        var producer = connected();
        done(producer.publishAll(
                producer.publisher(exchange), IntStream.range(0, 600).mapToObj(i -> message("n." + i, "" + i))));

        assertThat(inbox.takeTexts(600))
                .isEqualTo(IntStream.range(0, 600).mapToObj(i -> "" + i).toList());
    }

    @Test
    void filtersComeBackWithAQueueThatHasBeenDeleted() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, persistent(), 10, inbox, "first", "end");
        done(bind(subscription, "second"));
        done(unbind(subscription, "first"));
        var states = new java.util.concurrent.CopyOnWriteArrayList<SubscriptionState>();
        client.run(() -> subscription.onStateChange(states::add));

        admin.deleteQueue(queueName);
        eventually(() -> assertThat(states).hasSizeGreaterThan(2));
        awaitActive(subscription);
        admin.publish(exchangeName, "first", "1");
        admin.publish(exchangeName, "second", "2");

        assertThat(upToTheEnd(inbox)).containsExactly("2");
    }

    @Test
    void filtersComeBackAfterTheBrokerHasRestarted() {
        var inbox = Inbox.accepting();
        var direct = connected();
        var subscription = direct.subscribe(exchange, persistent(), 10, inbox, "first", "end");
        done(bind(subscription, "second"));
        done(unbind(subscription, "first"));
        var states = new java.util.concurrent.CopyOnWriteArrayList<SubscriptionState>();
        direct.run(() -> subscription.onStateChange(states::add));

        admin.close();
        broker.restart();
        admin = broker.admin();
        eventually(() -> assertThat(states).hasSizeGreaterThan(2));
        awaitActive(subscription);
        admin.publish(exchangeName, "first", "1");
        admin.publish(exchangeName, "second", "2");

        assertThat(upToTheEnd(inbox)).containsExactly("2");
    }

    @Test
    void whatTheBrokerRefusesFailsByNameAndIsNotKept() {
        var inbox = Inbox.accepting();
        var nameless = new ExchangeConfig("", "direct", true, Map.of());
        var subscription = client.subscribe(nameless, persistent(), 10, inbox);

        var refused = failure(bind(subscription, "not.to.be.bound"));

        assertThat(refused.kind().mayPass()).isFalse();
        assertThat(refused).hasMessageContaining("not.to.be.bound").hasMessageContaining(queueName);
        awaitActive(subscription);
        admin.publish("", queueName, "goes on");
        assertThat(inbox.takeText()).isEqualTo("goes on");
        assertThat(failure(bind(subscription, "not.to.be.bound"))).hasMessageContaining("not.to.be.bound");
    }

    @Test
    void aSubscriptionThatHasEndedSaysSo() {
        var subscription = client.subscribe(exchange, persistent(), 10, Inbox.accepting(), "end");
        var other = client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "end");
        client.on(subscription::stop);
        client.on(other::close);

        for (var ended : List.of(subscription, other)) {
            assertThat(failure(bind(ended, "k")))
                    .hasMessageContaining("subscription 'test'")
                    .satisfies(it -> assertThat(it.kind().mayPass()).isFalse());
            assertThat(failure(unbind(ended, "end"))).hasMessageContaining("subscription 'test'");
        }
    }

    @Test
    void whoWaitsWhenTheSubscriptionIsClosedIsTold() {
        var subscription = client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "end");
        proxy.breakDown();
        awaitAway(subscription);
        var waiting = bind(subscription, "k");

        client.on(subscription::close);

        assertThat(failure(waiting)).hasMessageContaining("closed");
    }
}
