package dev.busbar.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.config.Backoff;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.SampleDelivery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RetryLoopTest {

    private static final Vertx VERTX = Vertx.vertx();

    private record Numbered(Delivery delivery, int number) implements RetryLoop.Attempt {}

    private static final class Owner implements RetryLoop.Owner<Numbered> {

        private final List<String> told = new CopyOnWriteArrayList<>();
        private final Deque<String> refusals = new ArrayDeque<>();

        @Override
        public Future<Void> moveAway(Undelivered undelivered) {
            return refusals.isEmpty() ? Future.succeededFuture() : Future.failedFuture(refusals.remove());
        }

        @Override
        public void movedAway(Numbered last, Undelivered undelivered) {
            told.add("moved away " + last.number() + ": " + undelivered.reason());
        }

        @Override
        public void notMovedAway(String reason) {
            told.add(reason);
        }

        @Override
        public void giveBack(Numbered next) {
            told.add("given back " + next.number());
        }
    }

    private final Owner owner = new Owner();
    private final SampleDelivery delivery = SampleDelivery.of("id", "{}");

    private RetryLoop<Numbered> loop(Duration backoff) {
        return new RetryLoop<>(VERTX, Runnable::run, new RetryDelay(new Backoff(backoff, backoff)), owner);
    }

    @AfterAll
    static void close() {
        Await.done(VERTX.close());
    }

    private void attempt(Numbered attempt) {
        owner.told.add("attempt " + attempt.number());
    }

    private void told(String... expected) {
        await().untilAsserted(() -> assertThat(owner.told).containsExactly(expected));
    }

    @Test
    void attemptsAgainAfterTheBackoff() {
        loop(Duration.ofMillis(10)).again(new Numbered(delivery, 2), 1, this::attempt);

        told("attempt 2");
    }

    @Test
    void givesBackWhatTheBrokerHasTakenBackMeanwhile() {
        loop(Duration.ofMillis(10)).again(new Numbered(delivery, 2), 1, this::attempt);
        delivery.lose();

        told("given back 2");
    }

    @Test
    void givesBackAtAStopWhatWaitsAndWhatWouldWaitFromThenOn() {
        var loop = loop(Duration.ofHours(1));
        loop.again(new Numbered(delivery, 2), 1, this::attempt);
        assertThat(owner.told).isEmpty();

        loop.stop();
        loop.again(new Numbered(delivery, 3), 1, this::attempt);

        assertThat(owner.told).containsExactly("given back 2", "given back 3");
    }

    @Test
    void movesAwayAsOftenAsItTakes() {
        owner.refusals.addAll(List.of("no such queue", "still none"));

        loop(Duration.ofMillis(10)).moveAway(new Numbered(delivery, 5), new Undelivered(delivery, "no disk", 5));

        told("no such queue", "still none", "moved away 5: no disk");
    }

    @Test
    void givesBackWhatCannotBeMovedAwayBeforeAStop() {
        owner.refusals.add("no such queue");
        var loop = loop(Duration.ofHours(1));
        loop.moveAway(new Numbered(delivery, 5), new Undelivered(delivery, "no disk", 5));

        loop.stop();

        assertThat(owner.told).containsExactly("no such queue", "given back 5");
    }
}
