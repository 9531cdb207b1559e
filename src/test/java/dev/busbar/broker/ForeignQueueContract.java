package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static dev.busbar.testing.broker.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.config.Declaration;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tests queues that others declare: they are looked for, never declared, and compared where more than their name is
 * configured.
 */
abstract class ForeignQueueContract extends BrokerContract {

    ForeignQueueContract(BrokerUnderTest broker) {
        super(broker);
    }

    private SubscriptionSpec spec(boolean singleActive, boolean others) {
        var topology = new Topology(exchange, persistent(), List.of(), singleActive, others);
        return new SubscriptionSpec("test", topology, 10).startingEarly();
    }

    @Test
    void isConsumedAsSoonAsItExists() {
        var client = connected();
        var inbox = Inbox.accepting();
        var subscription = client.on(() -> client.connection.subscribe(spec(false, true), inbox));
        assertThat(subscription.state())
                .isInstanceOfSatisfying(
                        SubscriptionState.Recovering.class,
                        it -> assertThat(it.cause()).contains("'" + queueName + "' does not exist"));
        assertThat(admin.queueExists(queueName)).isFalse();
        assertThat(client.connection.state()).isInstanceOf(ConnectionState.Connected.class);

        admin.declareQueue(queueName);
        admin.publish("", queueName, "x");

        assertThat(inbox.takeText()).isEqualTo("x");
        eventually(() -> assertThat(subscription.state()).isInstanceOf(SubscriptionState.Active.class));
    }

    @Test
    void isWaitedForByWhoReliesOnIt() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        var awaited = new ExchangeConfig(exchangeName, "topic", true, false, false, Declaration.PASSIVE, Map.of());
        var topology = new Topology(awaited, persistent(), List.of(TopicFilter.parse("#")));
        var early = new SubscriptionSpec("early", topology, 10).startingEarly();
        var inbox = Inbox.accepting();

        var relied = client.later(() -> client.connection.subscribe(new SubscriptionSpec("t", topology, 10), inbox));
        var subscription = client.on(() -> client.connection.subscribe(early, inbox));
        assertThat(subscription.state()).isInstanceOf(SubscriptionState.Recovering.class);
        assertThat(relied.isComplete()).isFalse();
        client.on(subscription::close);

        admin.declareExchange(exchangeName, "topic");
        done(relied);
        admin.publish(exchangeName, "k", "x");
        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void thatIsOtherwiseThanDeclaredFailsTheStartOfWhoReliesOnIt() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        var awaited = new ExchangeConfig(exchangeName, "topic", true, false, false, Declaration.PASSIVE, Map.of());
        var topology = new Topology(awaited, persistent(), List.of(TopicFilter.parse("#")));
        admin.declareAutoDeleteQueue(queueName);

        var relied = client.later(
                () -> client.connection.subscribe(new SubscriptionSpec("t", topology, 10), Inbox.accepting()));
        admin.declareExchange(exchangeName, "topic");

        assertThat(failure(relied).kind()).isEqualTo(Kind.MISMATCH);
    }

    /** Compares single active consumers, or two nodes would both consume the queue. */
    @Test
    void isRefusedIfItGivesMessagesToAllConsumersAndOneIsToBeActive() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        assumeTrue(broker.comparesArguments(), "this broker compares no arguments");
        admin.declareQueue(queueName);
        var client = connected();

        var failure = failure(client.later(() -> client.connection.subscribe(spec(true, true), Inbox.accepting())));

        assertThat(failure.kind()).isEqualTo(Kind.MISMATCH);
        assertThat(failure).hasMessageContaining(queueName);
        assertThat(admin.queueExists(queueName)).isTrue();
    }

    @Test
    void thatIsDeclaredOtherwiseThanWantedIsSaidAndLookedAtAgain() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        assumeTrue(broker.comparesArguments(), "this broker compares no arguments");
        var client = connected();
        var inbox = Inbox.accepting();
        var subscription = client.on(() -> client.connection.subscribe(spec(true, true), inbox));

        admin.declareQueue(queueName);
        eventually(() -> assertThat(subscription.state())
                .isInstanceOfSatisfying(
                        SubscriptionState.Recovering.class,
                        it -> assertThat(it.cause())
                                .contains("'" + queueName + "'")
                                .doesNotContain("does not exist")));
        admin.deleteQueue(queueName);
        var other = connected();
        other.on(other.on(() -> other.connection.subscribe(spec(true, false), Inbox.accepting()))::close);
        admin.publish("", queueName, "x");

        assertThat(inbox.takeText()).isEqualTo("x");
    }

    @Test
    void isConsumedIfItHasOneActiveConsumerAsWanted() {
        broker.assume(BrokerUnderTest.Ability.DECLARING);
        var client = connected();
        var declaring = client.on(() -> client.connection.subscribe(spec(true, false), Inbox.accepting()));
        client.on(declaring::close);
        var inbox = Inbox.accepting();

        client.on(() -> client.connection.subscribe(spec(true, true), inbox));

        admin.publish("", queueName, "x");
        assertThat(inbox.takeText()).isEqualTo("x");
    }
}
