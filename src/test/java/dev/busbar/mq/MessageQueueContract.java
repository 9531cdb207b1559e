package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.HubFixture;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the message queue promises, on every broker. */
abstract class MessageQueueContract extends HubFixture {

    private static final String FAST =
            "{'grace': '0s', 'persistent': {'onFailure': {'attempts': 3, 'backoff': {'initial': '1ms', 'max': '2ms'}}}}";

    final String name = "n" + UUID.randomUUID().toString().substring(0, 8);
    MessageQueue mq;

    MessageQueueContract(BrokerUnderTest broker) {
        super(broker);
    }

    void openQueue() {
        openQueue(FAST);
    }

    void openQueue(String subscriptions) {
        mq = done(MessageQueue.open(vertx, config(subscriptions)));
    }

    @AfterEach
    void closeQueue() {
        if (mq != null) {
            done(mq.close());
        }
        foreign.deleteQueue("busbar.mq." + name + "@" + exchange);
        foreign.deleteQueue(exchange + ".dead-letter");
        foreign.deleteExchange(exchange + ".dead-letter");
    }

    static RoutingKey key(String dotted) {
        return RoutingKey.parse(dotted);
    }

    Future<Void> put(String dotted, Object body) {
        return mq.produce(key(dotted), body);
    }

    private void putAll(String dotted, int from, int to) {
        done(Future.join(IntStream.range(from, to).mapToObj(i -> put(dotted, i)).toList()));
    }

    private static List<Object> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toList());
    }

    @Test
    void consumersGetWhatTheyAskedForUntilTheyStop() {
        openQueue();
        var got = new CopyOnWriteArrayList<String>();
        var ref = done(mq.startConsuming(filter("builds.*.finished"), event -> {
            got.add(event.routingKey() + event.body());
            return null;
        }));
        done(put("builds.17.finished", "!"));
        done(put("builds.17.started", "?"));
        eventually(() -> assertThat(got).containsExactly("builds.17.finished!"));

        done(ref.stopConsuming());
        done(ref.stopConsuming());
        done(put("builds.18.finished", "!"));
        done(mq.waitUntilEvent(filter("fence"), () -> put("fence", 1).map(false)));
        assertThat(got).hasSize(1);
    }

    @Test
    void callsOfOneConsumerNeverOverlap() {
        openQueue();
        var under = new AtomicInteger();
        var overlapped = new AtomicBoolean();
        var got = new CopyOnWriteArrayList<Object>();
        done(mq.startConsuming(filter("o"), event -> {
            overlapped.compareAndSet(false, under.incrementAndGet() > 1);
            return vertx.timer(1).onComplete(ignored -> {
                got.add(event.body());
                under.decrementAndGet();
            });
        }));
        putAll("o", 0, 200);

        eventually(() -> assertThat(got).isEqualTo(numbers(0, 200)));
        assertThat(overlapped).isFalse();
    }

    @Test
    void aHandlerThatFailsOrThrowsIsCountedAndGoesOn() {
        openQueue();
        var calls = new AtomicInteger();
        var ref = done(mq.startConsuming(filter("f"), event -> {
            if (calls.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("on purpose");
            }
            return Future.failedFuture("on purpose");
        }));
        putAll("f", 0, 10);

        eventually(() -> assertThat(calls).hasValue(10));
        eventually(() -> assertThat(ref.failed()).isEqualTo(10));
    }

    @Test
    void aSlowConsumerKeepsTheNewestAndCountsTheRest() {
        openQueue("{'consumers': {'messages': 5}}");
        var gate = Promise.<Void>promise();
        var got = new CopyOnWriteArrayList<Object>();
        var quick = new CopyOnWriteArrayList<Object>();
        var ref = done(mq.startConsuming(filter("s"), event -> {
            got.add(event.body());
            return gate.future();
        }));
        done(mq.startConsuming(filter("s"), event -> {
            quick.add(event.body());
            return null;
        }));
        putAll("s", 0, 100);
        eventually(() -> assertThat(quick).hasSize(100));
        eventually(() -> assertThat(ref.dropped()).isEqualTo(94));
        gate.complete();

        eventually(() -> assertThat(got).containsExactly(0, 95, 96, 97, 98, 99));
    }

    @Test
    void stoppingInsideAHandlerEndsTheCalls() {
        openQueue();
        var calls = new AtomicInteger();
        var ref = Promise.<QueueRef>promise();
        mq.startConsuming(filter("i"), event -> {
                    calls.incrementAndGet();
                    return ref.future().compose(QueueRef::stopConsuming);
                })
                .onComplete(ref);
        done(ref.future());
        putAll("i", 0, 50);
        eventually(() -> assertThat(calls).hasValue(1));
        done(ref.future().compose(QueueRef::stopConsuming));
        putAll("i", 50, 60);
        done(mq.waitUntilEvent(filter("fence"), () -> put("fence", 1).map(false)));

        assertThat(calls).hasValue(1);
    }

    @Test
    void aWaitSeesWhatHappensBetweenTheCheckAndTheWait() {
        openQueue();
        done(Future.join(IntStream.range(0, 300)
                .mapToObj(i -> mq.waitUntilEvent(
                                filter("w." + i), () -> put("w." + i, i).map(false), Duration.ofSeconds(30))
                        .map(event -> {
                            assertThat(event.orElseThrow().body()).isEqualTo(i);
                            return event;
                        }))
                .toList()));
    }

    @Test
    void aWaitUnsubscribesWhateverComesOfIt() {
        open("{'grace': '0s'}");
        mq = MessageQueue.over(hub);
        var never = filter("never");
        assertThat(done(mq.waitUntilEvent(never, () -> Future.succeededFuture(true))))
                .isEqualTo(Optional.empty());
        assertThatThrownBy(() -> done(mq.waitUntilEvent(never, () -> Future.failedFuture(new RuntimeException("no")))))
                .hasMessageContaining("no");
        assertThatThrownBy(() -> done(mq.waitUntilEvent(never, () -> {
                    throw new IllegalStateException("thrown");
                })))
                .hasMessageContaining("thrown");
        assertThatThrownBy(() ->
                        done(mq.waitUntilEvent(never, () -> Future.succeededFuture(false), Duration.ofMillis(50))))
                .hasCauseInstanceOf(TimeoutException.class);
        eventually(() -> assertThat(hub.filters()).isEmpty());

        var cancelled = mq.waitUntilEvent(never, () -> Future.succeededFuture(false));
        eventually(() -> assertThat(hub.filters()).isNotEmpty());
        done(mq.close());
        assertThatThrownBy(() -> done(cancelled)).isInstanceOf(CancellationException.class);
        eventually(() -> assertThat(hub.filters()).isEmpty());
    }

    private QueueRef persistent(String dotted, List<Object> into) {
        return done(mq.startConsuming(
                filter(dotted),
                event -> {
                    into.add(event.body());
                    return null;
                },
                name));
    }

    @Test
    void aPersistentNameGetsItsBacklogFirstAndInOrder() {
        openQueue();
        var first = new CopyOnWriteArrayList<Object>();
        var ref = persistent("p.*", first);
        putAll("p.x", 0, 10);
        eventually(() -> assertThat(first).isEqualTo(numbers(0, 10)));
        done(ref.stopConsuming());
        putAll("p.x", 10, 500);
        done(mq.close());
        openQueue();
        var second = new CopyOnWriteArrayList<Object>();
        persistent("p.*", second);
        putAll("p.x", 500, 600);

        eventually(() -> assertThat(second).isEqualTo(numbers(10, 600)));
        assertThat(first).hasSize(10);
        assertThat(mq.persistentNames()).containsExactly(name);
    }

    @Test
    void aFailingMessageIsTriedAgainInItsPlaceAndThenDeadLettered() {
        openQueue();
        var calls = new CopyOnWriteArrayList<Object>();
        done(mq.startConsuming(
                filter("d"),
                event -> {
                    calls.add(event.body());
                    return event.body().equals(1) ? Future.failedFuture("on purpose") : null;
                },
                name));
        putAll("d", 0, 3);

        eventually(() -> assertThat(calls).containsExactly(0, 1, 1, 1, 2));
        eventually(() ->
                assertThat(foreign.status(exchange + ".dead-letter").messages()).isEqualTo(1));
    }

    @Test
    void aConsumerThatCannotStartDeclaresNothingForDeadLetters() {
        openQueue();
        foreign.declareAutoDeleteQueue("busbar.mq." + name + "@" + exchange);

        assertThatThrownBy(() -> persistent("d", new CopyOnWriteArrayList<>()))
                .hasMessageContaining("busbar.mq." + name + "@" + exchange);
        assertThat(foreign.queueExists(exchange + ".dead-letter")).isFalse();
    }

    @Test
    void whatWaitsForItsNextTryGoesBackWhenItsConsumerStops() {
        openQueue("{'persistent': {'onFailure': {'attempts': 3, 'backoff': {'initial': '1h', 'max': '1h'}}}}");
        var ref = done(mq.startConsuming(filter("t"), event -> Future.failedFuture("on purpose"), name));
        putAll("t", 0, 3);
        eventually(() -> assertThat(ref.failed()).isEqualTo(1));

        done(ref.stopConsuming());
        var got = new CopyOnWriteArrayList<Object>();
        persistent("t", got);
        eventually(() -> assertThat(got).isEqualTo(numbers(0, 3)));
    }

    @Test
    void aNameIsConsumedOnceOnANodeAndCanBeRemoved() {
        openQueue();
        var got = new CopyOnWriteArrayList<Object>();
        var ref = persistent("r", got);
        assertThatThrownBy(() -> persistent("r", got))
                .hasMessageContaining(name)
                .hasMessageContaining("already");
        assertThat(done(mq.removePersistent(name))).isFalse();

        done(ref.stopConsuming());
        eventually(() -> assertThat(done(mq.removePersistent(name))).isTrue());
        assertThat(foreign.queueExists("busbar.mq." + name + "@" + exchange)).isFalse();
        assertThat(mq.persistentNames()).isEmpty();
    }

    @Test
    void anotherFilterReplacesTheEarlierOne() {
        openQueue();
        var got = new CopyOnWriteArrayList<Object>();
        done(persistent("old", got).stopConsuming());
        persistent("new", got);
        done(put("old", "old"));
        done(put("new", "new"));

        eventually(() -> assertThat(got).containsExactly("new"));
    }

    @Test
    void aNameOnAnotherExchangeIsAnotherQueue() {
        openQueue();
        var here = new CopyOnWriteArrayList<Object>();
        persistent("p.*", here);
        var config = config(FAST).toJson();
        config.getJsonObject("exchange").put("name", exchange + "2");
        var beside = done(MessageQueue.open(vertx, ConfigLoader.fromJson(config)));
        var there = new CopyOnWriteArrayList<Object>();
        done(beside.startConsuming(
                filter("p.*"),
                event -> {
                    there.add(event.body());
                    return null;
                },
                name));

        put("p.x", 1);
        beside.produce(key("p.x"), 2);
        eventually(() -> assertThat(here).isEqualTo(List.of(1)));
        eventually(() -> assertThat(there).isEqualTo(List.of(2)));
        done(beside.close());
        foreign.deleteQueue("busbar.mq." + name + "@" + exchange + "2");
        foreign.deleteExchange(exchange + "2");
    }

    @Test
    void namesThatCannotBeAreRefused() {
        openQueue();
        for (var bad : List.of("", " ", "a b", "ä", "x\n", "x".repeat(201))) {
            assertThatThrownBy(() -> done(mq.startConsuming(filter("a"), event -> null, bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("persistent name");
        }
    }

    @Test
    void thousandsOfConsumersThatComeAndGoLoseNothingTheyWereStartedFor() {
        openQueue();
        var received = new AtomicInteger();
        var all = new ArrayList<Future<?>>();
        for (var i = 0; i < 1_000; i++) {
            var key = "c." + i % 50;
            all.add(mq.waitUntilEvent(filter(key), () -> put(key, "x").map(false), Duration.ofSeconds(30))
                    .onSuccess(event -> received.incrementAndGet()));
        }
        done(Future.join(all));

        assertThat(received).hasValue(1_000);
    }
}
