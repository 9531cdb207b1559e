package dev.busbar.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.delivery.SendFailure;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client produces waits for what it has begun to listen to before, and for nothing else. */
class HubClientTest extends HubFixture {

    private HubClient client;

    HubClientTest() {
        super(EmbeddedBrokerJ.shared());
    }

    private void openClient(String subscriptions) {
        open(subscriptions);
        client = hub.client();
    }

    private Future<Void> put(String key, Object body) {
        return client.produce(RoutingKey.parse(key), body, MultiMap.caseInsensitiveMultiMap());
    }

    @Test
    void allThatIsProducedAfterListeningComesBackInOrder() {
        openClient("{'grace': '0s'}");
        var inboxes = new ArrayList<Inbox>();
        var everything = listen("fresh.#");

        for (int topic = 0; topic < 100; topic++) {
            var inbox = new Inbox();
            inboxes.add(inbox);
            client.listen(filter("fresh." + topic), 0, inbox);
            for (int i = 0; i < 20; i++) {
                put("fresh." + topic, topic * 20 + i);
            }
        }

        eventually(() -> assertThat(everything.bodies).hasSize(2_000));
        assertThat(everything.bodies)
                .isEqualTo(IntStream.range(0, 2_000).boxed().toList());
        for (int topic = 0; topic < 100; topic++) {
            var first = topic * 20;
            var inbox = inboxes.get(topic);
            eventually(() -> assertThat(inbox.bodies)
                    .isEqualTo(IntStream.range(first, first + 20).boxed().toList()));
        }
    }

    @Test
    void aSubscriptionThatFailsHoldsNothingAnyMore() {
        openClient("{}");
        var inbox = listen("a");
        var subscription = Promise.<Void>promise();
        client.first(subscription.future());

        var produced = put("a", 1);
        done(produce("a", "of somebody else"));
        assertThat(produced.isComplete()).isFalse();
        subscription.fail("refused");

        done(produced);
        done(put("a", 2));
        eventually(() -> assertThat(inbox.bodies).containsExactly("of somebody else", 1, 2));
    }

    /** Only what was produced before it began need not wait. */
    @Test
    void eachWaitsForWhatWasBegunBeforeIt() {
        openClient("{}");
        var inbox = listen("a");
        var first = Promise.<Void>promise();
        var second = Promise.<Void>promise();
        var early = put("a", 0);
        client.first(first.future());
        put("a", 1);
        client.first(second.future());
        var last = put("a", 2);

        done(early);
        second.complete();
        first.complete();

        done(last);
        eventually(() -> assertThat(inbox.bodies).containsExactly(0, 1, 2));
        assertThat(client.settled().isComplete()).isTrue();
    }

    @Test
    void aSubscriptionThatNeverComesHoldsNothingForEver() {
        openClient("{'producing': {'timeout': '2s'}}");
        var inbox = listen("a");
        client.first(Promise.promise().future());

        var produced = List.of(put("a", 1), put("a", 2));

        produced.forEach(HubClientTest::done);
        eventually(() -> assertThat(inbox.bodies).containsExactly(1, 2));
    }

    @Test
    void whatIsHeldIsBounded() {
        openClient("{'producing': {'messages': 3}}");
        var subscription = Promise.<Void>promise();
        client.first(subscription.future());
        var held = List.of(put("a", 1), put("a", 2), put("a", 3));

        assertThatThrownBy(() -> done(put("a", 4)))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        it -> assertThat(it.failureCode()).isEqualTo(SendFailure.BUFFER_FULL.code()));
        assertThat(hub.status().waiting()).isEqualTo(3);

        subscription.complete();
        held.forEach(HubClientTest::done);
        eventually(() -> assertThat(hub.status().waiting()).isZero());
    }

    @Test
    void whatIsHeldAtTheStopIsStillSent() {
        openClient("{}");
        client.first(Promise.promise().future());
        var held = put("a", 1);

        done(hub.close());

        done(held);
    }
}
