package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.Backoff;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandlerWaitTest {

    private final Vertx vertx = Vertx.vertx();
    private final RetryDelay delay = new RetryDelay(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)));
    private final List<Attempt> made = new CopyOnWriteArrayList<>();
    private final HandlerWait wait = new HandlerWait(vertx, delay, this::make, delivery -> {});
    private final Attempt first = attempt(1);
    private final Attempt second = attempt(2);
    private final Attempt third = attempt(3);
    private volatile Attempt gone;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void make(Attempt attempt) {
        made.add(attempt);
        if (attempt == gone) {
            wait.unheard(attempt);
        }
    }

    private void waiting() {
        wait.unheard(first);
        wait.add(second);
        wait.add(third);
        await().until(() -> made.contains(first));
    }

    @Test
    void whatAHandlerHasHadBeforeItWentSaysNothing() {
        waiting();

        wait.heard(attempt(0));

        assertThat(wait.active()).isTrue();
        assertThat(made).containsExactly(first);
    }

    @Test
    void allGoOnInOrderWhenTheOneThatAsksIsHeard() {
        waiting();

        wait.heard(first);

        assertThat(wait.active()).isFalse();
        assertThat(made).containsExactly(first, second, third);
    }

    @Test
    void nothingOvertakesWhenTheHandlerGoesAgainAtOnce() {
        gone = second;
        waiting();

        wait.heard(first);

        assertThat(wait.active()).isTrue();
        assertThat(made).doesNotContain(third);
    }

    @Test
    void oneThatCanBeGivenToNobodyLetsTheNextOneAsk() {
        waiting();

        wait.undeliverable(first);

        await().until(() -> made.equals(List.of(first, second)));
    }

    private static Attempt attempt(int order) {
        return new Attempt(
                new HeldDelivery(
                        "name",
                        new Delivery() {
                            @Override
                            public BridgeMessage message() {
                                throw new UnsupportedOperationException();
                            }

                            @Override
                            public String incomplete() {
                                return null;
                            }

                            @Override
                            public boolean redelivered() {
                                return false;
                            }

                            @Override
                            public boolean live() {
                                return true;
                            }

                            @Override
                            public void settle(Settlement settlement) {}
                        },
                        1,
                        null),
                order,
                1);
    }
}
