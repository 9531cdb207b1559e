package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.QueueLife;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.CuttableProxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shows that what is lost is restored, and that what is stale does no harm. */
public abstract class RecoveringContract extends BrokerContract {

    private CuttableProxy proxy;
    private Client client;

    protected RecoveringContract(BrokerUnderTest broker) {
        super(broker);
    }

    @BeforeEach
    void connectThroughAProxy() {
        proxy = new CuttableProxy(broker.uri().host(), broker.uri().port());
        client = client(config(at(proxy.port()))).connect();
    }

    @AfterEach
    void closeProxy() {
        client.close();
        proxy.close();
    }

    private List<SubscriptionState> observe(Subscription subscription) {
        var states = new CopyOnWriteArrayList<SubscriptionState>();
        client.run(() -> subscription.onStateChange(states::add));
        return states;
    }

    private static void awaitReturn(List<SubscriptionState> states) {
        eventually(() -> {
            assertThat(states).hasSizeGreaterThan(2);
            assertThat(states.get(1)).isInstanceOf(SubscriptionState.Recovering.class);
            assertThat(states.get(states.size() - 1)).isInstanceOf(SubscriptionState.Active.class);
        });
    }

    @Test
    void aSubscriptionComesBackWhenItsQueueHasBeenDeleted() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, persistent(), 10, inbox, "#");
        var states = observe(subscription);

        admin.deleteQueue(queueName);
        awaitReturn(states);
        admin.publish(exchangeName, "k", "x");

        assertThat(inbox.takeText()).isEqualTo("x");
        assertThat(((SubscriptionState.Recovering) states.get(1)).cause()).contains(queueName);
    }

    @Test
    void theDeletionOfOneQueueDisturbsNoOther() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var inbox = Inbox.accepting();
        var states = observe(client.subscribe(exchange, persistent(), 10, Inbox.accepting(), "#"));
        var others = observe(client.subscribe(exchange, fleeting(), 10, inbox, "other"));

        admin.deleteQueue(queueName);
        awaitReturn(states);
        admin.publish(exchangeName, "other", "x");

        assertThat(inbox.takeText()).isEqualTo("x");
        assertThat(others).containsExactly(new SubscriptionState.Active());
    }

    @Test
    void subscriptionsComeBackAfterACut() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var durable = Inbox.accepting();
        var transientOne = Inbox.accepting();
        var named = Inbox.accepting();
        var states = List.of(
                observe(client.subscribe(exchange, persistent(), 10, durable, "#")),
                observe(client.subscribe(exchange, fleeting(), 10, transientOne, "#")),
                observe(client.subscribe(exchange, queue(queueName + "-t", QueueLife.TRANSIENT), 10, named, "#")));

        proxy.cut();
        states.forEach(RecoveringContract::awaitReturn);
        admin.publish(exchangeName, "k", "x");

        assertThat(durable.takeText()).isEqualTo("x");
        assertThat(transientOne.takeText()).isEqualTo("x");
        assertThat(named.takeText()).isEqualTo("x");
    }

    @Test
    void comesBackAgainAndAgain() {
        var inbox = Inbox.accepting();
        var subscription = client.subscribe(exchange, persistent(), 10, inbox, "#");

        for (var i = 0; i < 5; i++) {
            var states = observe(subscription);
            proxy.cut();
            awaitReturn(states);
            admin.publish(exchangeName, "k", "" + i);
            // Earlier messages come again if the cut was faster than their settlement.
            while (!inbox.takeText().equals("" + i)) {}
        }
    }

    @Test
    void whatIsUnconfirmedAtACutIsLostAndThePublisherComesBack() {
        var publisher = client.publisher(exchange);
        var ready = new Semaphore(0);
        client.run(() -> publisher.onReady(ready::release));
        proxy.swallowAnswers();
        var outcomes = IntStream.range(0, 3)
                .mapToObj(i -> client.publishLater(publisher, message("k", "" + i), false))
                .toList();
        client.run(() -> {});
        ready.drainPermits();

        proxy.cut();

        assertThat(outcomes.stream().map(Await::done).toList())
                .allMatch(outcome -> outcome instanceof PublishOutcome.Lost lost
                        && !lost.reason().isBlank());
        eventually(() -> assertThat(ready.availablePermits()).isPositive());
        assertThat(client.get(publisher::ready)).isTrue();
        assertThat(client.publish(publisher, message("k", "x"))).isInstanceOf(PublishOutcome.Confirmed.class);
    }

    @Test
    void whileTheBrokerIsAwayPublishersSayWhyAndPublicationsAreLost() {
        var publisher = client.publisher(exchange);
        proxy.breakDown();

        eventually(() -> assertThat(client.get(publisher::ready)).isFalse());
        assertThat(client.get(publisher::obstacle)).isNotBlank();
        assertThat(client.publish(publisher, message("k", "x"))).isInstanceOf(PublishOutcome.Lost.class);
    }

    @Test
    void aDeliveryOfAnEarlierConnectionIsStaleAndSettlingItDoesNoHarm() {
        var inbox = Inbox.keeping();
        var states = observe(client.subscribe(exchange, persistent(), 10, inbox, "#"));
        admin.publish(exchangeName, "k", "a", "b", "c");
        var stale = inbox.take(3);

        proxy.cut();
        awaitReturn(states);
        var fresh = inbox.take(3);

        assertThat(stale).noneMatch(Delivery::live);
        assertThat(fresh).allMatch(Delivery::live);
        if (broker.marksWhatClosingReturns()) {
            assertThat(fresh).allMatch(Delivery::redelivered);
        }
        stale.get(0).settle(Settlement.ACCEPTED);
        stale.get(1).settle(Settlement.REJECTED);
        stale.get(2).settle(Settlement.REQUEUED);
        fresh.get(0).settle(Settlement.ACCEPTED);
        client.close();
        eventually(() -> assertThat(admin.status(queueName).messages()).isEqualTo(2));
        assertThat(admin.get(queueName).text()).isEqualTo("b");
    }

    @Test
    void settlingWhileTheBrokerIsAwayDoesNoHarm() {
        var inbox = Inbox.keeping();
        var states = observe(client.subscribe(exchange, persistent(), 10, inbox, "#"));
        admin.publish(exchangeName, "k", "a");
        var delivery = inbox.take();

        proxy.breakDown();
        delivery.settle(Settlement.ACCEPTED);
        eventually(() -> assertThat(states).hasSizeGreaterThan(1));
        delivery.settle(Settlement.REJECTED);
        proxy.repair();

        awaitReturn(states);
        assertThat(inbox.takeText()).isEqualTo("a");
    }

    @Test
    void aStoppedSubscriptionStaysStoppedAfterACut() {
        var inbox = Inbox.keeping();
        var stopped = client.subscribe(exchange, persistent(), 10, inbox, "#");
        var states = observe(client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "other"));
        admin.publish(exchangeName, "k", "a");
        inbox.take();
        client.on(stopped::stop);

        proxy.cut();
        awaitReturn(states);
        admin.publish(exchangeName, "k", "b");

        eventually(() -> assertThat(admin.status(queueName).messages()).isEqualTo(2));
        assertThat(admin.status(queueName).consumers()).isZero();
        assertThat(inbox.size()).isZero();
        assertThat(stopped.state()).isInstanceOf(SubscriptionState.Stopped.class);
        client.on(stopped::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void silenceOfABrokerThatIsWellIsNoLoss(int heartbeatSeconds) {
        var states = new CopyOnWriteArrayList<ConnectionState>();
        var quiet = client(withHeartbeat(Duration.ofSeconds(heartbeatSeconds), broker.uri()))
                .connect();

        Awaitility.await()
                .during(Duration.ofMillis(3_500))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    states.add(quiet.get(quiet.connection::state));
                    return true;
                });

        assertThat(states).allMatch(state -> state instanceof ConnectionState.Connected up && up.epoch() == 1);
    }

    @Test
    void silenceOfABrokerThatIsGoneIsALoss() {
        var states = observe(client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "#"));

        proxy.swallowAnswers();
        eventually(() -> assertThat(states).hasSizeGreaterThan(1));
        proxy.cut();

        awaitReturn(states);
    }

    @Test
    void subscribingWhileTheBrokerIsAwaySucceedsWhenItIsBack() {
        var lost = client.publisher(exchange);
        proxy.breakDown();
        eventually(() -> assertThat(client.get(lost::ready)).isFalse());

        var inbox = Inbox.accepting();
        var subscribing =
                client.later(() -> client.connection.subscribe(Client.spec(exchange, fleeting(), 10, "#"), inbox));
        proxy.repair();

        done(subscribing);
        admin.publish(exchangeName, "k", "x");
        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void closesWhileTheBrokerIsAway() {
        var subscription = client.subscribe(exchange, fleeting(), 10, Inbox.accepting(), "#");
        proxy.breakDown();
        eventually(() -> assertThat(subscription.state()).isInstanceOf(SubscriptionState.Recovering.class));

        client.close();

        assertThat(subscription.state()).isInstanceOf(SubscriptionState.Stopped.class);
        assertThat(client.get(client.connection::state)).isInstanceOf(ConnectionState.Closed.class);
    }

    @Test
    void everythingConfirmedOrSentAgainArrivesThroughCuts() {
        var total = 5_000;
        var received = new HashSet<String>();
        var inbox = Inbox.accepting();
        client.subscribe(exchange, persistent(), 250, inbox, "#");
        var publisher = client.publisher(exchange);

        var published = client.publishAll(publisher, IntStream.range(0, total).mapToObj(i -> message("k", "" + i)));
        var cuts = 0;
        while (received.size() < total) {
            received.add(inbox.takeText());
            if (cuts < 3 && received.size() > (cuts + 1) * 1_000) {
                cuts++;
                proxy.cut();
            }
        }

        done(published);
    }

    @Test
    void comesBackAfterTheBrokerHasRestarted() {
        var inbox = Inbox.accepting();
        var states = observe(client.subscribe(exchange, persistent(), 10, inbox, "#"));
        var publisher = client.publisher(exchange);

        broker.restart();
        awaitReturn(states);
        eventually(() -> assertThat(client.get(publisher::ready)).isTrue());

        assertThat(client.publish(publisher, message("k", "x"), true)).isInstanceOf(PublishOutcome.Confirmed.class);
        assertThat(inbox.takeText()).isEqualTo("x");
    }

    /** Counts frames: one acknowledgement for each delivery costs a broker more than the delivery itself. */
    @Test
    void whatIsSettledAlikeInOneTurnIsWrittenAsOne() {
        var many = 300;
        admin.declareQueue(queueName);
        admin.publish(
                "", queueName, IntStream.range(0, many).mapToObj(i -> "" + i).toArray(String[]::new));
        var inbox = Inbox.keeping();
        client.subscribe(exchange, persistent(), many, inbox);
        var deliveries = inbox.take(many);
        var before = proxy.framesToBroker();

        client.run(() -> deliveries.forEach(delivery -> delivery.settle(Settlement.ACCEPTED)));
        client.close();

        eventually(() -> assertThat(admin.status(queueName).consumers()).isZero());
        assertThat(admin.get(queueName)).isNull();
        assertThat(proxy.framesToBroker() - before).isLessThan(many / 10);
    }
}
