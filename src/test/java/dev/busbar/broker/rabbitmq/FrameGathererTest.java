package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameGathererTest {

    private final EmbeddedChannel socket = new EmbeddedChannel(new FlushConsolidationHandler());

    {
        FrameGatherer.addTo(socket);
    }

    @AfterEach
    void release() {
        socket.finishAndReleaseAll();
    }

    private static ByteBuf frame(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    /** Returns what has reached the socket, a text for each write. */
    private List<String> written() {
        var all = new ArrayList<String>();
        for (ByteBuf written = socket.readOutbound(); written != null; written = socket.readOutbound()) {
            all.add(written.toString(StandardCharsets.US_ASCII));
            written.release();
        }
        return all;
    }

    @Test
    void whatIsWrittenInOneTurnIsOneWriteAtItsEnd() {
        var frames = List.of(frame("a"), frame("b"), frame("c"));
        frames.forEach(frame -> {
            socket.pipeline().write(frame);
            socket.pipeline().flush();
        });
        assertThat(written()).isEmpty();

        socket.runPendingTasks();
        assertThat(written()).containsExactly("abc");
        assertThat(frames).allMatch(frame -> frame.refCnt() == 0);
    }

    @Test
    void aLargeFrameIsNotCopiedAndKeepsItsPlace() {
        var large = frame("x".repeat(5_000));
        socket.write(frame("a"));
        socket.write(large);
        socket.write(frame("b"));
        socket.pipeline().flush();
        socket.runPendingTasks();

        assertThat((ByteBuf) socket.readOutbound()).matches(first -> first.release() && first.refCnt() == 0);
        assertThat((ByteBuf) socket.readOutbound()).isSameAs(large);
        large.release();
        assertThat(written()).containsExactly("b");
    }

    @Test
    void whoeverAsksHearsWhenAllBeforeItIsWritten() {
        socket.write(frame("a"));
        var asked = socket.write(Unpooled.EMPTY_BUFFER);
        assertThat(asked.isDone()).isFalse();

        socket.pipeline().flush();
        socket.runPendingTasks();
        assertThat(asked.isSuccess()).isTrue();
        assertThat(written()).contains("a");
    }

    @Test
    void doesNotWaitForTheEndOfTheTurnWithMuch() {
        for (var i = 0; i < 33; i++) {
            socket.write(frame("x".repeat(1_000)));
        }
        assertThat(written()).containsExactly("x".repeat(33_000));
    }

    @Test
    void closingWritesTheRestFirst() {
        socket.write(frame("a"));
        socket.close();
        assertThat(written()).containsExactly("a");
    }

    @Test
    void aLostConnectionLeaksNothing() {
        var frame = frame("a");
        socket.write(frame);
        socket.pipeline().removeLast();
        socket.runPendingTasks();
        assertThat(frame.refCnt()).isZero();
        assertThat(written()).isEmpty();
    }
}
