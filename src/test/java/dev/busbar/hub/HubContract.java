package dev.busbar.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.delivery.SendFailure;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the hub promises, on every broker. */
abstract class HubContract extends HubFixture {

    HubContract(BrokerUnderTest broker) {
        super(broker);
    }

    @Test
    void whatIsProducedOnceListeningIsLiveArrives() {
        open();
        for (var i = 0; i < 50; i++) {
            var inbox = listen("race." + i + ".*");
            done(produce("race." + i + ".x", i));
            var expected = i;
            eventually(() -> assertThat(inbox.bodies).containsExactly(expected));
        }
    }

    @Test
    void noneOfThousandsOfRacesBetweenListeningAndProducingIsLost() {
        open();
        var received = new AtomicInteger();
        var races = 2_000;
        for (var batch = 0; batch < races; batch += 200) {
            var begin = batch;
            done(Future.join(IntStream.range(0, 200)
                    .mapToObj(i -> {
                        var key = "many." + (begin + i);
                        return hub.listen(filter(key), 0, message -> received.incrementAndGet())
                                .compose(live -> produce(key, "x"));
                    })
                    .toList()));
        }
        eventually(() -> assertThat(received).hasValue(races));
    }

    @Test
    void filtersThatOverlapGetAMessageOnceEach() {
        open();
        var exact = listen("a.b.c");
        var one = listen("a.*.c");
        var any = listen("a.#");
        var again = listen("a.#");
        done(produce("a.b.c", "x"));
        done(produce("a.end", "y"));

        eventually(() -> {
            assertThat(any.bodies).containsExactly("x", "y");
            assertThat(again.bodies).containsExactly("x", "y");
            assertThat(one.bodies).containsExactly("x");
            assertThat(exact.bodies).containsExactly("x");
        });
        assertThat(hub.status().received()).isEqualTo(2);
    }

    @Test
    void theBindingStaysForOthersAndGoesAfterTheLast() {
        open("{'grace': '200ms'}");
        var first = done(hub.listen(filter("k.*"), 0, message -> {}));
        var second = done(hub.listen(filter("k.*"), 0, message -> {}));
        done(first.stop());
        done(produce("k.1", 1));
        eventually(() -> assertThat(hub.status().received()).isEqualTo(1));
        assertThat(hub.filters()).singleElement().satisfies(it -> {
            assertThat(it.listeners()).isEqualTo(1);
            assertThat(it.bound()).isTrue();
        });

        done(second.stop());
        done(second.stop());
        eventually(() -> assertThat(hub.filters()).isEmpty());
        var fence = listen("fence");
        eventually(() -> {
            var before = hub.status().received();
            done(produce("k.2", 2));
            done(produce("fence", 0));
            eventually(() -> assertThat(hub.status().received()).isGreaterThan(before));
            assertThat(hub.status().received()).isEqualTo(before + 1);
        });
        eventually(() -> assertThat(fence.bodies).isNotEmpty());
    }

    @Test
    void oneWhoStopsInItsOwnCallbackIsNotCalledAgain() {
        open();
        var calls = new AtomicInteger();
        var self = new AtomicReference<Listening>();
        var other = listen("s.#");
        var context = vertx.getOrCreateContext();
        var live = new CountDownLatch(1);
        context.runOnContext(ignored -> hub.listen(filter("s.*"), 0, message -> {
                    calls.incrementAndGet();
                    self.get().stop();
                })
                .onSuccess(it -> {
                    self.set(it);
                    live.countDown();
                }));
        eventually(() -> assertThat(live.getCount()).isZero());
        done(Future.join(
                IntStream.range(0, 100).mapToObj(i -> produce("s." + i, i)).toList()));

        eventually(() -> assertThat(other.bodies).hasSize(100));
        assertThat(calls).hasValue(1);
    }

    @Test
    void aListenerThatThrowsDisturbsNoOther() {
        open();
        done(hub.listen(filter("t"), 0, message -> {
            throw new IllegalStateException("on purpose");
        }));
        var inbox = listen("t");
        done(produce("t", 1));
        done(produce("t", 2));

        eventually(() -> assertThat(inbox.bodies).containsExactly(1, 2));
        assertThat(hub.filters())
                .singleElement()
                .satisfies(it -> assertThat(it.failed()).isEqualTo(2));
    }

    @Test
    void lateListenersGetTheLastMessagesFirstAndThenLiveOnesWithoutGapOrDuplicate() {
        open("{'replay': {'messages': 50}}");
        done(hub.listen(filter("r"), 1, message -> {}));
        var produced = IntStream.range(0, 3_000).mapToObj(i -> produce("r", i)).toList();
        var late = new ArrayList<List<HubMessage>>();
        for (var i = 0; i < 40; i++) {
            var got = new CopyOnWriteArrayList<HubMessage>();
            late.add(got);
            done(hub.listen(filter("r"), 20, got::add));
        }
        done(Future.join(produced));
        done(produce("r", 3_000));

        eventually(() -> assertThat(late)
                .allSatisfy(got -> assertThat(got.get(got.size() - 1).body()).isEqualTo(3_000)));
        assertThat(late).allSatisfy(got -> {
            var first = (int) got.get(0).body();
            assertThat(got.stream().map(HubMessage::body).toList())
                    .isEqualTo(IntStream.rangeClosed(first, 3_000).boxed().collect(Collectors.toList()));
            assertThat(got.stream().filter(HubMessage::replayed).count()).isLessThanOrEqualTo(20);
        });
        var afterAll = new CopyOnWriteArrayList<HubMessage>();
        done(hub.listen(filter("r"), 1_000, afterAll::add));
        eventually(() -> assertThat(afterAll).hasSize(50));
    }

    @Test
    void filtersKeptFromTheStartReplayWithoutAnEarlierListener() {
        open("{'replay': {'messages': 2, 'filters': ['kept.*']}}");
        done(Future.join(produce("kept.1", 1), produce("kept.2", 2), produce("kept.3", 3)));
        eventually(() -> assertThat(hub.status().received()).isEqualTo(3));
        var inbox = new Inbox();
        done(hub.listen(filter("kept.*"), 10, inbox));

        eventually(() -> assertThat(inbox.bodies).containsExactly(2, 3));
    }

    /** As many as the broker takes for one queue. */
    int manyFilters() {
        return Soak.pick(1_000, 10_000);
    }

    @Test
    void thousandsOfFiltersOnOneNode() {
        open();
        var received = Collections.synchronizedList(new ArrayList<Object>());
        // In portions: a busy machine may take long for all of them, and a stuck one is seen all the same.
        for (var from = 0; from < manyFilters(); from += 500) {
            done(Future.join(IntStream.range(from, Math.min(from + 500, manyFilters()))
                    .mapToObj(i -> hub.listen(filter("f." + i + ".*"), 0, message -> received.add(message.body())))
                    .toList()));
        }
        done(Future.join(IntStream.range(0, 100)
                .map(i -> i * (manyFilters() / 100))
                .mapToObj(i -> produce("f." + i + ".x", i))
                .toList()));

        eventually(() -> assertThat(received).hasSize(100));
        assertThat(hub.filters()).hasSize(manyFilters());
    }

    @Test
    void aLoopThatDoesNotKeepUpLosesItsOldestAndIsToldAndHarmsNoOther() throws Exception {
        open("{'prefetch': 10, 'handOver': {'messages': 40, 'patience': '1s'}}");
        var stuck = new Inbox();
        var steady = new Inbox();
        var release = new CountDownLatch(1);
        var called = new CountDownLatch(1);
        listenOnAWorker("slow.#", stuck, () -> {
            called.countDown();
            release.await();
        });
        // Behind by more than a backlog holds, had the broker not to wait for it: also once the other is given up.
        listenOnAWorker("slow.*", steady, () -> Thread.sleep(2));
        try {
            done(Future.join(
                    IntStream.range(0, 300).mapToObj(i -> produce("slow.x", i)).toList()));
            called.await();
            eventually(() -> assertThat(steady.bodies).hasSize(300));
        } finally {
            release.countDown();
        }
        eventually(() -> assertThat(stuck.interruptions).isNotEmpty());
        eventually(() -> assertThat(stuck.bodies).contains(299));
        assertThat(steady.interruptions).isEmpty();
        assertThat(hub.filters().stream().mapToLong(FilterStatus::dropped).sum())
                .isPositive();
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** Does some blocking work for each message before the inbox has it. */
    private void listenOnAWorker(String filter, Inbox inbox, Work work) {
        var listener = new Listener() {
            @Override
            public void received(HubMessage message) {
                try {
                    work.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                inbox.received(message);
            }

            @Override
            public void interrupted(String reason) {
                inbox.interrupted(reason);
            }
        };
        var verticle = new VerticleBase() {
            @Override
            public Future<?> start() {
                return hub.listen(filter(filter), 0, listener);
            }
        };
        done(vertx.deployVerticle(() -> verticle, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
    }

    @Test
    void whatCannotBeWrittenIsRefusedWithTheCodeOfARoute() {
        open();

        assertThatThrownBy(() -> done(produce("a", new Object())))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        failure -> assertThat(failure.failureCode()).isEqualTo(SendFailure.UNREADABLE.code()));
        assertThatThrownBy(() -> done(hub.produce(
                        RoutingKey.parse("a"),
                        "x",
                        MultiMap.caseInsensitiveMultiMap().add("amqp-priority", "high"))))
                .hasMessageContaining("amqp-priority");
        assertThatThrownBy(() -> hub.listen(filter("a"), -1, message -> {})).hasMessageContaining("replay");
    }

    @Test
    void whatTheHeadersOfASenderThrowFailsTheSender() {
        open();
        var headers = (MultiMap) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MultiMap.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("these headers cannot be read");
                });

        assertThatThrownBy(() -> done(hub.produce(RoutingKey.parse("a.b"), new JsonObject(), headers)))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        failure -> assertThat(failure.failureCode()).isEqualTo(SendFailure.UNREADABLE.code()))
                .hasMessageContaining("these headers cannot be read");
    }

    @Test
    void theBufferIsBoundedAndSaysSo() {
        open("{'producing': {'messages': 10}}");
        var outcomes = IntStream.range(0, 1_000).mapToObj(i -> produce("a", i)).toList();
        done(Future.join(outcomes).otherwiseEmpty());
        var refused = outcomes.stream().filter(Future::failed).toList();

        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(((ReplyException) it.cause()).failureCode())
                        .isEqualTo(SendFailure.BUFFER_FULL.code()));
        assertThat(hub.status().waiting()).isZero();
        done(produce("a", "there is room again"));
    }

    /** RabbitMQ would over 0-9-1; other brokers take the number. */
    @Test
    void aHeaderThatTheBrokerWouldEndTheConnectionOverIsRefusedToItsProducerAlone() {
        open();
        var headers = MultiMap.caseInsensitiveMultiMap()
                .add("x-list", "[\"NaN\"]")
                .add("amqp-header-types", "x-list=list;x-list/0=double");

        var none = hub.produce(RoutingKey.parse("a"), 1, headers);
        done(produce("a", 2));

        eventually(() -> assertThat(none.isComplete()).isTrue());
        if (none.failed()) {
            assertThat(((ReplyException) none.cause()).failureCode()).isEqualTo(SendFailure.UNREADABLE.code());
        }
    }

    @Test
    void aBodyNobodyCanReadIsCountedAndHoldsUpNothing() {
        open();
        var inbox = listen("u");
        foreign.publish(List.of(new BridgeMessage(
                exchange,
                "u",
                MessageProperties.builder().contentType("application/json").build(),
                Buffer.buffer("{not json"))));
        done(produce("u", 1));

        eventually(() -> assertThat(inbox.bodies).containsExactly(1));
        assertThat(hub.status().unreadable()).isEqualTo(1);
        assertThat(inbox.interruptions).singleElement().asString().contains("key 'u'", "not application/json");
    }
}
