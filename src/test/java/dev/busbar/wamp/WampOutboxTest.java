package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.socket.FlushScheduler;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox may hold 1,000 bytes; the channel records each write. */
class WampOutboxTest {

    private static final int LONGEST_PAUSE_MILLIS = 10;

    private long writeMicros;
    private boolean takes = true;
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new TakingItsTime(), new ChannelInboundHandlerAdapter());
    private final ChannelHandlerContext handler = channel.pipeline().lastContext();
    private final List<Throwable> failures = new ArrayList<>();
    private final WampOutbox outbox =
            new WampOutbox(handler, new FlushScheduler(channel.eventLoop()), 1_000, Runnable::run, failures::add);

    @BeforeEach
    void holdTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void leakNothing() {
        outbox.end();
        channel.finishAndReleaseAll();
    }

    private final class TakingItsTime extends ChannelOutboundHandlerAdapter {
        @Override
        public void flush(ChannelHandlerContext context) {
            channel.advanceTimeBy(writeMicros, TimeUnit.MICROSECONDS);
            if (takes) {
                context.flush();
            }
        }
    }

    /** An allocator whose buffers do not grow. */
    private static final class Unyielding extends AbstractByteBufAllocator {
        @Override
        protected ByteBuf newHeapBuffer(int initial, int most) {
            return Unpooled.buffer(initial, most);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initial, int most) {
            return Unpooled.buffer(initial, initial);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    private void event(String head, String rest) {
        outbox.event(bytes(head), bytes(rest), true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the content of each write. */
    private List<List<String>> writes() {
        var writes = new ArrayList<List<String>>();
        for (ByteBuf write; (write = channel.readOutbound()) != null; ) {
            writes.add(texts(write));
        }
        return writes;
    }

    private static List<String> texts(ByteBuf write) {
        var client = new EmbeddedChannel(new WebSocket13FrameDecoder(
                WebSocketDecoderConfig.newBuilder().expectMaskedFrames(false).build()));
        client.writeInbound(Unpooled.wrappedBuffer(ByteBufUtil.getBytes(write)));
        write.release();
        var texts = new ArrayList<String>();
        for (TextWebSocketFrame frame; (frame = client.readInbound()) != null; ) {
            texts.add(frame.text());
            frame.release();
        }
        return texts;
    }

    private void afterThePause() {
        channel.advanceTimeBy(LONGEST_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
    }

    @Test
    void allOfOneTurnIsOneWriteInOrder() {
        event("a", "1");
        outbox.message("b");
        event("c", "3");
        assertThat(writes()).isEmpty();

        channel.runPendingTasks();

        assertThat(writes()).containsExactly(List.of("a1", "b", "c3"));
    }

    @Test
    void eventsWaitForAPauseAndAnswersTakeThemAlong() {
        writeMicros = 2_000;
        event("a", "");
        channel.runPendingTasks();
        writes();

        event("b", "");
        channel.runPendingTasks();
        event("c", "");
        assertThat(writes()).isEmpty();
        outbox.message("d");
        channel.runPendingTasks();
        assertThat(writes()).containsExactly(List.of("b", "c", "d"));

        event("e", "");
        afterThePause();
        assertThat(writes()).containsExactly(List.of("e"));
    }

    @Test
    void quickWritesNeedNoPauseUntilTheyAddUp() {
        writeMicros = 100;
        for (var text : List.of("a", "b", "c", "d")) {
            event(text, "");
            channel.runPendingTasks();
        }
        assertThat(writes()).containsExactly(List.of("a"), List.of("b"), List.of("c"));

        afterThePause();
        assertThat(writes()).containsExactly(List.of("d"));
    }

    @Test
    void muchIsWrittenAtOnce() {
        var roomy = new WampOutbox(
                handler, new FlushScheduler(channel.eventLoop()), 1_000_000, Runnable::run, failures::add);
        for (var i = 0; i < 4; i++) {
            roomy.event(bytes(""), bytes("x".repeat(30_000)), true);
        }

        assertThat(writes())
                .singleElement()
                .satisfies(write -> assertThat(write).hasSize(3));
    }

    @Test
    void whoWaitsForRoomIsCalledWhenItHasBeenWritten() {
        var called = new ArrayList<Long>();
        event("", "x".repeat(600));
        assertThat(outbox.hasRoom()).isFalse();
        outbox.whenRoom(() -> called.add(outbox.unwrittenBytes()));

        channel.runPendingTasks();

        assertThat(called).containsExactly(0L);
    }

    @Test
    void fullIsNobodyWhoTakesWhatIsWritten() {
        event("", "x".repeat(600));
        event("", "x".repeat(600));
        assertThat(outbox.isFull()).isFalse();

        takes = false;
        event("", "x".repeat(600));
        event("", "x".repeat(600));
        assertThat(outbox.isFull()).isTrue();
    }

    /** Between two writes Vert.x can send its pings and pongs. */
    @Test
    void whatComesWhileASocketIsFullFollowsInATurnOfItsOwn() {
        takes = false;
        event("a", "");
        channel.runPendingTasks();
        event("b", "");
        channel.runPendingTasks();
        event("c", "");
        assertThat(writes()).isEmpty();

        takes = true;
        var between = new ArrayList<Integer>();
        channel.eventLoop().execute(() -> between.add(channel.outboundMessages().size()));
        channel.pipeline().firstContext().flush();

        assertThat(between).containsExactly(1);
        assertThat(writes()).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(outbox.unwrittenBytes()).isZero();
    }

    @Test
    void theEndOvertakesNothing() {
        takes = false;
        event("a", "");
        channel.runPendingTasks();
        for (var i = 0; i < 3; i++) {
            event("", "x".repeat(30_000));
        }
        event("z", "");

        outbox.end();
        takes = true;
        channel.pipeline().firstContext().flush();

        assertThat(writes()).hasSize(3).last().isEqualTo(List.of("z"));
        assertThat(outbox.unwrittenBytes()).isZero();
    }

    @Test
    void whatHasNoMemoryIsNotSentInPart() {
        channel.config().setAllocator(new Unyielding());
        event("a", "");
        event("b", "x".repeat(1_000));
        channel.runPendingTasks();

        assertThat(writes()).containsExactly(List.of("a"));
        assertThat(failures).hasSize(1);
        assertThat(outbox.unwrittenBytes()).isZero();
    }

    @Test
    void theEndWritesWhatThereIsAndNothingMore() {
        event("a", "");
        outbox.message("b");
        outbox.end();
        event("c", "");
        outbox.message("d");
        channel.runPendingTasks();

        assertThat(writes()).containsExactly(List.of("a", "b"));
    }

    @Test
    void whatAClosedSocketDoesNotTakeIsForgotten() {
        channel.close();
        event("a", "");
        channel.runPendingTasks();

        assertThat(outbox.unwrittenBytes()).isZero();
        assertThat(failures).isEmpty();
    }
}
