package dev.busbar.web.sockjs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.config.ConfigLoader;
import dev.busbar.config.SlowReaderPolicy;
import dev.busbar.config.WebLimits;
import dev.busbar.socket.FlushScheduler;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** At most four messages, or 1,024 bytes, may wait. */
class SocketOutboxTest {

    private static final WebLimits LIMITS = ConfigLoader.parse(
                    "broker: {uri: embedded}\nweb: {limits: {queueMessages: 4, queueBytes: 1024}}", "test")
            .orThrow()
            .web()
            .limits();

    /** A transport that records what is written, and completes the writes when the test says so. */
    private static final class Recording implements BrowserTransport {

        final List<String> writes = new CopyOnWriteArrayList<>();
        final Queue<Runnable> unwritten = new ArrayDeque<>();
        boolean reads = true;
        boolean fails;
        long takesNanos;
        String closed;

        @Override
        public void open(Consumer<Buffer> received, Runnable gone) {}

        @Override
        public byte[] encode(Frame frame) {
            return frame.text();
        }

        @Override
        public void write(List<byte[]> encoded, Runnable written) {
            if (fails) {
                throw new IllegalStateException("on purpose");
            }
            for (var end = System.nanoTime() + takesNanos; System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            writes.add(encoded.stream()
                    .map(it -> new String(it, StandardCharsets.UTF_8))
                    .collect(joining(" ")));
            unwritten.add(written);
            if (reads) {
                unwritten.remove().run();
            }
        }

        @Override
        public void close(int code, String reason) {
            closed = code + " " + reason;
        }

        @Override
        public MultiMap headers() {
            return MultiMap.caseInsensitiveMultiMap();
        }

        @Override
        public SocketAddress remoteAddress() {
            return null;
        }

        @Override
        public String uri() {
            return "/";
        }
    }

    private final EventLoop eventLoop = new DefaultEventLoop();
    private final FlushScheduler flushes = new FlushScheduler(eventLoop);
    private final Recording line = new Recording();
    private final SocketOutbox outbox = new SocketOutbox(line, LIMITS, flushes, new Browsers());

    @AfterEach
    void stop() {
        eventLoop.shutdownGracefully();
    }

    /** Runs the action in one turn of the event loop, then waits longer than the longest pause. */
    private void inOneTurn(Runnable work) {
        eventLoop.submit(work).awaitUninterruptibly();
        eventLoop.schedule(() -> {}, 11, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    /** Runs the action in the pause after a slow round of writes. */
    private void duringThePause(Runnable work) {
        line.takesNanos = 3_000_000;
        eventLoop.execute(() -> {
            messages(SlowReaderPolicy.DROP_OLDEST, "a");
            eventLoop.execute(() -> {
                line.takesNanos = 0;
                work.run();
            });
        });
    }

    private void messages(SlowReaderPolicy policy, String... texts) {
        for (var text : texts) {
            outbox.message(new Frame(text), policy == SlowReaderPolicy.LATEST_PER_KEY ? text.charAt(0) : null, policy);
        }
    }

    /** Puts one write on its way and completes none from here on. */
    private void stopReading() {
        line.reads = false;
        inOneTurn(() -> messages(SlowReaderPolicy.DROP_OLDEST, "first"));
        assertThat(line.writes).containsExactly("first");
        line.writes.clear();
    }

    private void readAgain() {
        line.reads = true;
        inOneTurn(() -> line.unwritten.remove().run());
    }

    @Test
    void whatComesInOneTurnIsWrittenInOneGoAndInOrder() {
        inOneTurn(() -> {
            messages(SlowReaderPolicy.DROP_OLDEST, "a", "b");
            outbox.answer("c");
            messages(SlowReaderPolicy.DISCONNECT, "d");
        });
        inOneTurn(() -> messages(SlowReaderPolicy.DROP_OLDEST, "e"));

        assertThat(line.writes).containsExactly("a b c d", "e");
    }

    @Test
    void afterARoundThatTookItsTimeTheNextWaitsForMore() {
        duringThePause(() -> {
            messages(SlowReaderPolicy.DROP_OLDEST, "b");
            eventLoop.execute(() -> messages(SlowReaderPolicy.DROP_OLDEST, "c"));
        });

        await().untilAsserted(() -> assertThat(line.writes).containsExactly("a", "b c"));
    }

    @Test
    void answersWaitForNoMore() {
        duringThePause(() -> {
            messages(SlowReaderPolicy.DROP_OLDEST, "b");
            outbox.answer("c");
            eventLoop.execute(() -> eventLoop.execute(() -> messages(SlowReaderPolicy.DROP_OLDEST, "d")));
        });

        await().untilAsserted(() -> assertThat(line.writes).containsExactly("a", "b c", "d"));
    }

    @Test
    void moreThanMayWaitIsNoneTooManyForASocketThatReads() {
        var texts = IntStream.range(0, 50).mapToObj(n -> "m" + n).toArray(String[]::new);

        inOneTurn(() -> messages(SlowReaderPolicy.DISCONNECT, texts));

        assertThat(String.join(" ", line.writes)).isEqualTo(String.join(" ", texts));
        assertThat(outbox.dropped()).isZero();
        assertThat(line.closed).isNull();
    }

    @Test
    void theOldestMakeRoomAndAnswersStay() {
        stopReading();

        inOneTurn(() -> {
            outbox.answer("answer");
            messages(SlowReaderPolicy.DROP_OLDEST, "a", "b", "c", "d", "e");
        });

        assertThat(outbox.queuedMessages()).isEqualTo(4);
        assertThat(outbox.dropped()).isEqualTo(2);
        readAgain();
        assertThat(line.writes).containsExactly("answer c d e");
        assertThat(outbox.queuedMessages()).isZero();
    }

    @Test
    void bytesAreBoundedToo() {
        stopReading();

        inOneTurn(() -> messages(SlowReaderPolicy.DROP_OLDEST, "a".repeat(500), "b".repeat(500), "c".repeat(24)));
        assertThat(outbox.queuedBytes()).isEqualTo(1_024);
        assertThat(outbox.dropped()).isZero();
        inOneTurn(() -> messages(SlowReaderPolicy.DROP_OLDEST, "d"));

        assertThat(outbox.queuedBytes()).isEqualTo(525);
        assertThat(outbox.dropped()).isOne();
    }

    @Test
    void oneLargerThanAllThatMayWaitReachesOnlyWhoReads() {
        var huge = "x".repeat(5_000);
        inOneTurn(() -> messages(SlowReaderPolicy.DROP_OLDEST, huge));
        assertThat(line.writes).containsExactly(huge);
        line.writes.clear();
        stopReading();

        inOneTurn(() -> messages(SlowReaderPolicy.DROP_OLDEST, huge));

        assertThat(outbox.queuedBytes()).isZero();
        assertThat(outbox.dropped()).isOne();
    }

    @Test
    void theLatestOfAKeyTakesThePlaceOfOneThatWaitsForASlowSocket() {
        stopReading();

        inOneTurn(() -> messages(SlowReaderPolicy.LATEST_PER_KEY, "a1", "b1", "a2", "c1", "a3"));

        assertThat(outbox.dropped()).isEqualTo(2);
        readAgain();
        assertThat(line.writes).containsExactly("a3 b1 c1");
    }

    @Test
    void aSocketThatReadsGetsAllOfAKey() {
        inOneTurn(() -> messages(SlowReaderPolicy.LATEST_PER_KEY, "a1", "a2", "a3"));

        assertThat(line.writes).containsExactly("a1 a2 a3");
        assertThat(outbox.dropped()).isZero();
    }

    @Test
    void tooSlowIsDisconnectedWhereThePolicyIsThatAndForTooManyAnswers() {
        stopReading();
        inOneTurn(() -> messages(SlowReaderPolicy.DISCONNECT, "a", "b", "c", "d"));
        assertThat(line.closed).isNull();
        inOneTurn(() -> messages(SlowReaderPolicy.DISCONNECT, "e"));
        assertThat(line.closed).isEqualTo("1008 too slow");

        var other = new Recording();
        other.reads = false;
        var answered = new SocketOutbox(other, LIMITS, flushes, new Browsers());
        inOneTurn(() -> answered.answer("on its way"));
        inOneTurn(() -> IntStream.range(0, 5).forEach(n -> answered.answer("answer")));
        assertThat(other.closed).isEqualTo("1008 too slow");
    }

    @Test
    void nothingIsWrittenOnceItIsClosedWithinATurn() {
        inOneTurn(() -> {
            messages(SlowReaderPolicy.DROP_OLDEST, "a");
            outbox.close(1001, "no ping");
            messages(SlowReaderPolicy.DROP_OLDEST, "b");
        });

        assertThat(line.writes).isEmpty();
        assertThat(line.closed).isEqualTo("1001 no ping");
        assertThat(outbox.queuedMessages()).isZero();
    }

    @Test
    void theLastWordIsWrittenBeforeTheClose() {
        stopReading();
        inOneTurn(() -> {
            messages(SlowReaderPolicy.DROP_OLDEST, "a");
            outbox.close("why", 1008, "too much");
        });
        assertThat(line.writes).containsExactly("why");
        assertThat(line.closed).isNull();

        inOneTurn(() -> line.unwritten.forEach(Runnable::run));

        assertThat(line.writes).containsExactly("why");
        assertThat(line.closed).isEqualTo("1008 too much");
    }

    @Test
    void oneThatCannotBeWrittenToDisturbsNoOther() {
        var broken = new Recording();
        broken.fails = true;

        inOneTurn(() -> {
            new SocketOutbox(broken, LIMITS, flushes, new Browsers()).answer("lost");
            messages(SlowReaderPolicy.DROP_OLDEST, "a");
        });

        assertThat(broken.closed).isEqualTo("1011 failed");
        assertThat(line.writes).containsExactly("a");
    }
}
