package dev.busbar.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.broker.ConfirmQueue;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.testing.broker.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PublishBufferTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private record Text(String text, long deadlineNanos) implements PublishBuffer.Pending {

        @Override
        public boolean awaited() {
            return true;
        }
    }

    private static final class Outlet implements PublishBuffer.Outlet<Text> {

        private final List<String> told = new CopyOnWriteArrayList<>();
        private final Map<String, Handler<PublishOutcome>> sent = new LinkedHashMap<>();
        private String obstacle;

        @Override
        public boolean ready() {
            return obstacle == null;
        }

        @Override
        public void send(Text message, Handler<PublishOutcome> outcome) {
            sent.put(message.text(), outcome);
        }

        @Override
        public String obstacle() {
            return obstacle;
        }

        @Override
        public void confirmed(Text message) {
            told.add(message.text() + " confirmed");
        }

        @Override
        public void failed(Text message, SendFailure failure, String reason) {
            told.add(message.text() + " " + failure + ": " + reason);
        }

        @Override
        public void timedOut(Text message, boolean sent, String reason) {
            told.add(message.text() + " " + reason);
        }

        @Override
        public void notFlushed(int messages, int sent) {
            told.add(messages + " left, " + sent + " of them sent");
        }

        @Override
        public void givenUp(Text message) {
            told.add(message.text() + " given up");
        }
    }

    private final Context context = VERTX.getOrCreateContext();
    private final Outlet outlet = new Outlet();
    private final ConfirmQueue<Text> queue = new ConfirmQueue<>(1, 10, 1_000);
    private final PublishBuffer<Text> buffer = new PublishBuffer<>(VERTX, queue, TIMEOUT, outlet);

    @AfterAll
    static void close() {
        Await.done(VERTX.close());
    }

    private void onContext(Runnable work) {
        var done = Promise.<Void>promise();
        context.runOnContext(ignored -> {
            work.run();
            done.complete();
        });
        Await.done(done.future());
    }

    private void add(String... texts) {
        for (var text : texts) {
            queue.offer(new Text(text, System.nanoTime() + TIMEOUT.toNanos()), 1);
        }
        buffer.pump();
    }

    private void told(String... expected) {
        await().untilAsserted(() -> assertThat(outlet.told).containsExactly(expected));
    }

    @Test
    void tellsTheOutcomeOfEach() {
        onContext(() -> {
            add("a", "b", "c", "d");
            outlet.sent.get("a").handle(PublishOutcome.Confirmed.INSTANCE);
            outlet.sent.get("b").handle(new PublishOutcome.Unroutable("no queue"));
            outlet.sent.get("c").handle(new PublishOutcome.Refused("queue full"));
            outlet.sent.get("d").handle(new PublishOutcome.Refused("too many headers", true));
        });

        assertThat(outlet.told)
                .containsExactly(
                        "a confirmed",
                        "b UNROUTABLE: no queue",
                        "c REFUSED: queue full",
                        "d UNREADABLE: too many headers");
    }

    @Test
    void takesBackInTimeWhatHasNotBeenSent() {
        outlet.obstacle = "the broker is away";
        onContext(() -> {
            buffer.watchDeadlines();
            add("a");
        });

        told("a not confirmed within 100 ms because the broker is away; it was not sent");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void keepsWhatHasBeenSentUntilTheBrokerAnswers() {
        onContext(() -> {
            buffer.watchDeadlines();
            add("a", "b");
        });
        await().untilAsserted(() -> assertThat(outlet.told)
                .contains(
                        "a not confirmed within 100 ms; it was sent and may have arrived",
                        "b not confirmed within 100 ms; it was not sent"));

        assertThat(queue.size()).isOne();
    }

    @Test
    void givesUpAtTheDeadlineOfAStopWhatIsLeft() {
        onContext(() -> add("a", "b"));

        Await.done(Future.<Void>future(done -> context.runOnContext(
                ignored -> buffer.flush(Duration.ofMillis(10)).onComplete(done))));

        assertThat(outlet.told).containsExactly("2 left, 1 of them sent", "a given up", "b given up");
    }

    @Test
    void isFlushedAsSoonAsAllIsConfirmed() {
        onContext(() -> add("a"));
        var flushed = Promise.<Void>promise();
        onContext(() -> buffer.flush(Duration.ofHours(1)).onComplete(flushed));
        assertThat(flushed.future().isComplete()).isFalse();

        onContext(() -> outlet.sent.get("a").handle(PublishOutcome.Confirmed.INSTANCE));

        Await.done(flushed.future());
        assertThat(outlet.told).containsExactly("a confirmed");
    }
}
