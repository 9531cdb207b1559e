package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.broker.ConnectionState.Closed;
import dev.busbar.broker.ConnectionState.Connected;
import dev.busbar.broker.ConnectionState.Connecting;
import dev.busbar.broker.ConnectionState.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConnectionLifecycleTest {

    private static final RuntimeException CAUSE = new RuntimeException("cut");
    private static Vertx vertx;

    private final Context context = ((VertxInternal) vertx).createEventLoopContext();
    private final Script script = new Script();
    private final ConnectionLifecycle life = new ConnectionLifecycle(
            vertx, context, ReconnectPolicy.forever(Duration.ofMillis(1), Duration.ofMillis(2)), script);

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        vertx.close().await();
    }

    @Test
    void opensOnce() {
        onContext(() -> {
            life.open();
            life.open();
            script.promise(0).complete();
        });

        assertThat(script.done).containsExactly("changed Connecting", "connect 1", "changed Connected");
        assertThat(life.connected()).isTrue();
    }

    @Test
    void triesAgainOnItsContextUntilItSucceeds() {
        script.outcomes.addAll(
                List.of(Future.failedFuture(CAUSE), Future.failedFuture(CAUSE), Future.succeededFuture()));

        onContext(life::open);

        await().until(() -> onContext(life::state), state -> inEpoch(state, 3));
        assertThat(script.threads).hasSize(1);
    }

    @Test
    void endsWhenAFailureCannotPass() {
        script.mayPass = false;
        script.outcomes.add(Future.failedFuture(CAUSE));

        onContext(life::open);

        assertThat(onContext(life::state)).isEqualTo(new Closed(CAUSE));
        assertThat(onContext(life::close).isComplete()).isTrue();
    }

    @Test
    void comesBackAfterALossAndTakesTheSameLossOnce() {
        script.outcomes.addAll(List.of(Future.succeededFuture(), Future.succeededFuture()));
        onContext(() -> {
            life.open();
            life.lost(1, CAUSE);
            life.lost(1, CAUSE);
        });

        await().until(() -> onContext(life::state), state -> inEpoch(state, 2));
        onContext(() -> life.lost(1, CAUSE));
        assertThat(onContext(life::state)).matches(state -> inEpoch(state, 2));
    }

    @Test
    void closesAConnectionBeforeItSaysClosed() {
        script.outcomes.add(Future.succeededFuture());
        script.disconnection = Promise.promise();
        onContext(life::open);

        var closed = onContext(life::close);
        assertThat(closed.isComplete()).isFalse();
        onContext(() -> script.disconnection.fail("socket gone"));

        assertThat(closed.succeeded()).isTrue();
        assertThat(script.done).endsWith("changed Closing", "disconnect 1", "changed Closed");
        assertThat(onContext(life::close).isComplete()).isTrue();
    }

    @Test
    void discardsWhatConnectsAfterItWasClosed() {
        var closed = onContext(() -> {
            life.open();
            return life.close();
        });
        assertThat(closed.succeeded()).isTrue();

        onContext(() -> script.promise(0).complete());

        assertThat(script.done)
                .containsExactly(
                        "changed Connecting",
                        "connect 1",
                        "changed Closing",
                        "disconnect 1",
                        "changed Closed",
                        "disconnect 1");
    }

    @Test
    void disconnectsAfterConnectingWhenAnObserverClosesItBetween() {
        script.observer = state -> {
            if (state instanceof Connecting) {
                life.close();
            }
        };

        onContext(life::open);

        assertThat(script.done)
                .containsExactly(
                        "changed Connecting", "connect 1", "changed Closing", "disconnect 1", "changed Closed");
    }

    @Test
    void doesNotReconnectAfterAnObserverOfTheLossHasClosedIt() {
        script.outcomes.add(Future.succeededFuture());
        script.observer = state -> {
            if (state instanceof Waiting) {
                life.close();
            }
        };

        onContext(() -> {
            life.open();
            life.lost(1, CAUSE);
        });

        assertThat(script.done).endsWith("changed Waiting", "changed Closed").doesNotContain("connect 2");
        assertThat(onContext(life::close).isComplete()).isTrue();
    }

    @Test
    void goesOnWhenAnObserverFails() {
        var reported = new CopyOnWriteArrayList<Throwable>();
        context.exceptionHandler(reported::add);
        script.observer = state -> {
            throw new IllegalStateException("observer of " + state.getClass().getSimpleName());
        };
        script.outcomes.add(Future.succeededFuture());

        onContext(life::open);
        var closed = onContext(life::close);

        assertThat(closed.succeeded()).isTrue();
        await().untilAsserted(() -> assertThat(reported)
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "observer of Connecting",
                        "observer of Connected",
                        "observer of Closing",
                        "observer of Closed"));
    }

    @Test
    void anAttemptThatThrowsHasFailed() {
        script.outcomes.addAll(Arrays.asList(null, Future.succeededFuture()));

        onContext(life::open);

        await().until(() -> onContext(life::state), state -> inEpoch(state, 2));
    }

    private static boolean inEpoch(ConnectionState state, long epoch) {
        return state instanceof Connected connected && connected.epoch() == epoch;
    }

    private void onContext(Runnable action) {
        onContext(() -> {
            action.run();
            return null;
        });
    }

    private <T> T onContext(Callable<T> action) {
        var result = Promise.<T>promise();
        context.runOnContext(ignored -> {
            try {
                result.complete(action.call());
            } catch (Exception e) {
                result.fail(e);
            }
        });
        return result.future()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    /**
     * Ends attempts as {@code outcomes} says, {@code null} by throwing; when the outcomes are used up, as the test
     * decides.
     */
    private static final class Script implements ConnectionLifecycle.Actions {

        private final List<String> done = new CopyOnWriteArrayList<>();
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        private final Queue<Future<Void>> outcomes = new LinkedList<>();
        private final List<Promise<Void>> attempts = new ArrayList<>();
        private Promise<Void> disconnection;
        private boolean mayPass = true;
        private Consumer<ConnectionState> observer = state -> {};

        Promise<Void> promise(int attempt) {
            return attempts.get(attempt);
        }

        @Override
        public Future<Void> connect(long epoch) {
            threads.add(Thread.currentThread());
            done.add("connect " + epoch);
            if (outcomes.isEmpty()) {
                attempts.add(Promise.promise());
                return attempts.get(attempts.size() - 1).future();
            }
            var outcome = outcomes.poll();
            if (outcome == null) {
                throw new IllegalStateException("cannot even try");
            }
            return outcome;
        }

        @Override
        public Future<Void> disconnect(long epoch) {
            done.add("disconnect " + epoch);
            return disconnection == null ? Future.succeededFuture() : disconnection.future();
        }

        @Override
        public boolean mayPass(Throwable failure) {
            return mayPass;
        }

        @Override
        public void changed(ConnectionState from, ConnectionState to) {
            done.add("changed " + to.getClass().getSimpleName());
            observer.accept(to);
        }
    }
}
