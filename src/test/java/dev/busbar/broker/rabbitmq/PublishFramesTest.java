package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that the frames are, octet for octet, those that the Java client writes. */
class PublishFramesTest {

    private static final int CHANNEL = 7;
    private static final int FRAME_MAX = 8 * 1024;

    private final EmbeddedChannel socket = new EmbeddedChannel(new FlushConsolidationHandler());
    private final PublishFrames frames = frames();
    private boolean open = true;

    private PublishFrames frames() {
        FrameGatherer.addTo(socket);
        return new PublishFrames(FrameGatherer.of(socket), () -> open, CHANNEL, FRAME_MAX);
    }

    @AfterEach
    void release() {
        socket.finishAndReleaseAll();
    }

    private static AMQP.BasicProperties full() {
        return new AMQP.BasicProperties(
                "application/json",
                "utf-8",
                new HashMap<>(Map.of("x-int", 5, "x-list", List.of(1, "two"), "x-table", Map.of("a", new byte[] {1}))),
                2,
                9,
                "correlation",
                "réponse",
                "60000",
                "id-1",
                new Date(1_400_000_000_000L),
                "type",
                "guest",
                "app",
                null);
    }

    static Stream<AMQP.BasicProperties> properties() {
        return Stream.of(
                new AMQP.BasicProperties(),
                new AMQP.BasicProperties.Builder().messageId("only").build(),
                full());
    }

    private static byte[] byTheJavaClient(
            String exchange, String key, boolean mandatory, AMQP.BasicProperties properties, byte[] body)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        new AMQImpl.Basic.Publish(0, exchange, key, mandatory, false)
                .toFrame(CHANNEL)
                .writeTo(out);
        properties.toFrame(CHANNEL, body.length).writeTo(out);
        if (body.length > 0) {
            Frame.fromBodyFragment(CHANNEL, ByteBuffer.wrap(body), 0, body.length)
                    .writeTo(out);
        }
        return bytes.toByteArray();
    }

    private byte[] written() {
        socket.runPendingTasks();
        ByteBuf written = socket.readOutbound();
        try {
            return ByteBufUtil.getBytes(written);
        } finally {
            written.release();
        }
    }

    @ParameterizedTest
    @MethodSource("properties")
    void writesWhatTheJavaClientWrites(AMQP.BasicProperties properties) throws IOException {
        for (var length : new int[] {0, 1, 256, 4 * 1024}) {
            var body = "x".repeat(length).getBytes();
            assertThat(frames.write("exchänge", "builds.17.new", true, properties, Unpooled.wrappedBuffer(body)))
                    .isTrue();
            assertThat(written()).isEqualTo(byTheJavaClient("exchänge", "builds.17.new", true, properties, body));
        }
        assertThat(frames.write("", "queue", false, properties, Unpooled.EMPTY_BUFFER))
                .isTrue();
        assertThat(written()).isEqualTo(byTheJavaClient("", "queue", false, properties, new byte[0]));
    }

    @Test
    void leavesNothingBehindOfWhatIsNotForIt() throws IOException {
        var plain = new AMQP.BasicProperties();
        var small = Unpooled.wrappedBuffer(new byte[10]);
        var long255 = "k".repeat(256);
        var large = new AMQP.BasicProperties.Builder()
                .headers(Map.of("x", "y".repeat(FRAME_MAX)))
                .build();
        var unknown = new AMQP.BasicProperties.Builder()
                .headers(Map.of("x", new Object()))
                .build();
        var longId = new AMQP.BasicProperties.Builder().messageId(long255).build();

        assertThat(frames.write("e", long255, true, plain, small)).isFalse();
        assertThat(frames.write(long255, "k", true, plain, small)).isFalse();
        assertThat(frames.write("e", "k", true, large, small)).isFalse();
        assertThat(frames.write("e", "k", true, unknown, small)).isFalse();
        assertThat(frames.write("e", "k", true, longId, small)).isFalse();
        assertThat(frames.write("e", "k", true, plain, Unpooled.wrappedBuffer(new byte[4 * 1024 + 1])))
                .isFalse();
        assertThat(frames.write("e", "k", true, plain, small)).isTrue();
        assertThat(written()).isEqualTo(byTheJavaClient("e", "k", true, plain, new byte[10]));
    }

    @Test
    void writesNothingToAChannelOrSocketThatIsClosed() {
        var plain = new AMQP.BasicProperties();
        open = false;
        assertThat(frames.write("e", "k", true, plain, Unpooled.EMPTY_BUFFER)).isFalse();
        open = true;
        socket.pipeline().removeLast();
        assertThat(frames.write("e", "k", true, plain, Unpooled.EMPTY_BUFFER)).isFalse();
    }
}
