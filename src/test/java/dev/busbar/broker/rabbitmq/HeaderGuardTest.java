package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import dev.busbar.codec.Timestamps;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what the Java client reads of a content header that has passed the guard. */
class HeaderGuardTest {

    private static final int HEADERS = 1 << 13;
    private static final int MESSAGE_ID = 1 << 7;
    private static final int TIMESTAMP = 1 << 6;

    private final EmbeddedChannel socket = new EmbeddedChannel(new HeaderGuard(new ReadFailures()));

    @AfterEach
    void release() {
        socket.finishAndReleaseAll();
    }

    private static ByteBuf frame(int type, ByteBuf payload) {
        var frame = Unpooled.buffer();
        frame.writeByte(type).writeShort(1).writeInt(payload.readableBytes());
        return frame.writeBytes(payload).writeByte(0xCE);
    }

    private static ByteBuf header(int flags, ByteBuf properties) {
        var payload =
                Unpooled.buffer().writeShort(60).writeShort(0).writeLong(1).writeShort(flags);
        return frame(2, payload.writeBytes(properties));
    }

    private static ByteBuf deliver(String key) {
        var payload = Unpooled.buffer().writeShort(60).writeShort(60);
        text(payload, "tag").writeLong(7).writeByte(0);
        return frame(1, text(text(payload, "x"), key));
    }

    private static ByteBuf text(ByteBuf out, String shortString) {
        return out.writeByte(shortString.length()).writeBytes(shortString.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuf field(char type, ByteBuf value) {
        return text(Unpooled.buffer(), "h").writeByte(type).writeBytes(value);
    }

    private static ByteBuf sized(ByteBuf content) {
        return Unpooled.buffer().writeInt(content.readableBytes()).writeBytes(content);
    }

    private static ByteBuf longNumber(long value) {
        return Unpooled.buffer().writeLong(value);
    }

    private AMQP.BasicProperties read(ByteBuf header) throws IOException {
        socket.writeInbound(header);
        ByteBuf frame = socket.readInbound();
        try {
            assertThat(frame.getInt(3)).as("length").isEqualTo(frame.readableBytes() - 8);
            var payload = new byte[frame.getInt(3)];
            frame.getBytes(7, payload);
            return (AMQP.BasicProperties) AMQImpl.readContentHeaderFrom(new Frame(2, 1, payload).getInputStream());
        } finally {
            frame.release();
        }
    }

    private Object read(char type, ByteBuf value) throws IOException {
        var headers = read(header(HEADERS, sized(field(type, value)))).getHeaders();
        assertThat(headers).doesNotContainKey(ContentHeader.UNREAD);
        return headers.get("h");
    }

    private String refused(ByteBuf header) throws IOException {
        return read(header).getHeaders().get(ContentHeader.UNREAD).toString();
    }

    @Test
    void aTypeOfTheSameBytesStandsForOneThatTheClientDoesNotKnow() throws IOException {
        assertThat(read('L', longNumber(1L << 40))).isEqualTo(1L << 40);
        assertThat(read('L', longNumber(-5))).isEqualTo(-5L);
        assertThat(read('U', Unpooled.buffer().writeShort(-7))).isEqualTo((short) -7);
        assertThat(read('c', sized(Unpooled.copiedBuffer("ascii", StandardCharsets.US_ASCII))))
                .hasToString("ascii");
        assertThat(read('A', sized(Unpooled.buffer().writeByte('L').writeLong(3))))
                .isEqualTo(List.of(3L));
        assertThat(read('F', sized(field('L', longNumber(4))))).isEqualTo(Map.of("h", 4L));
    }

    @Test
    void aTimeThatJavaDoesNotHaveIsANumber() throws IOException {
        assertThat(read('T', longNumber(1_700_000_000))).isEqualTo(new Date(1_700_000_000_000L));
        assertThat(read('T', longNumber(FieldTable.MAX_TIMESTAMP_SECONDS))).isInstanceOf(Date.class);
        assertThat(read('T', longNumber(FieldTable.MAX_TIMESTAMP_SECONDS + 1)))
                .isEqualTo(FieldTable.MAX_TIMESTAMP_SECONDS + 1);
        assertThat(read('T', longNumber(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
        assertThat(read('T', longNumber(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void aTimestampThatIsNoTimeIsAHeaderBesideTheOthers() throws IOException {
        for (var number : new long[] {
            Long.MAX_VALUE, Long.MIN_VALUE, 1_700_000_000_000_000_000L, 1_700_000_000_000_000L, -62_135_596_801L
        }) {
            var alone = read(header(TIMESTAMP, longNumber(number)));
            assertThat(alone.getTimestamp()).isNull();
            assertThat(alone.getHeaders()).isEqualTo(Map.of(Timestamps.NUMBER, number));

            var properties = sized(field('I', Unpooled.buffer().writeInt(9)));
            text(properties, "id").writeLong(number);
            var among = read(header(HEADERS | MESSAGE_ID | TIMESTAMP, properties));
            assertThat(among.getHeaders()).isEqualTo(Map.of("h", 9, Timestamps.NUMBER, number));
            assertThat(among.getMessageId()).isEqualTo("id");
            assertThat(among.getTimestamp()).isNull();
        }
        assertThat(read(header(TIMESTAMP, longNumber(1_700_000_000))).getTimestamp())
                .isEqualTo(new Date(1_700_000_000_000L));
    }

    @Test
    void headersThatCannotBeReadAreKeptAsBytesBesideTheReasonAndAllElseIsRead() throws IOException {
        var table = field('z', Unpooled.buffer().writeByte(1));
        var properties = text(sized(table.duplicate()), "id");
        var read = read(header(HEADERS | MESSAGE_ID, properties));

        assertThat(read.getHeaders().get(ContentHeader.UNREAD))
                .hasToString("'h' has a value of the type 'z', which is" + " not known");
        assertThat(read.getHeaders().get(ContentHeader.UNREAD_BYTES)).isEqualTo(bytes(table));
        assertThat(read.getMessageId()).isEqualTo("id");
    }

    private static byte[] bytes(ByteBuf buffer) {
        var bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    @Test
    void saysWhatIsWrongWithHeaders() throws IOException {
        assertThat(refused(header(HEADERS, sized(field('S', Unpooled.buffer().writeInt(99))))))
                .isEqualTo("they end before the last of them does");
        assertThat(refused(header(HEADERS, sized(field('A', Unpooled.buffer().writeInt(-1))))))
                .isEqualTo("they end before the last of them does");
        assertThat(refused(header(HEADERS, Unpooled.buffer().writeInt(99))))
                .isEqualTo("the properties of the message end before the last of them does");
        assertThat(refused(header(HEADERS | 1, sized(Unpooled.EMPTY_BUFFER)))).contains("not known");
        assertThat(refused(header(HEADERS, sized(nested(FieldTable.MAX_DEPTH + 1)))))
                .isEqualTo("they are nested more than 31 levels deep");
        assertThat(read(header(HEADERS, sized(nested(FieldTable.MAX_DEPTH)))).getHeaders())
                .containsKey("h");
    }

    private static ByteBuf nested(int levels) {
        return levels == 1 ? field('V', Unpooled.EMPTY_BUFFER) : field('F', sized(nested(levels - 1)));
    }

    @Test
    void framesThatAreTooShortAreTheClientsToRefuse() {
        for (int type = 0; type < 5; type++) {
            for (int length = 0; length < 15; length++) {
                socket.writeInbound(frame(type, Unpooled.buffer().writeZero(length)));

                ByteBuf passed = socket.readInbound();
                assertThat(passed.readableBytes()).isEqualTo(8 + length);
                passed.release();
            }
        }
    }

    /** Reads random headers. Seeds are fixed: a failure names its own. */
    @Test
    void theClientReadsWhateverTheGuardLetsThrough() throws IOException {
        for (int seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var properties = new byte[random.nextInt(60)];
            random.nextBytes(properties);
            if (properties.length > 8) {
                Unpooled.wrappedBuffer(properties).setInt(0, random.nextInt(properties.length));
                properties[4] = 1;
                properties[6] = (byte) "VtbBsuIifDdlLUSxFATcz".charAt(random.nextInt(21));
            }
            var flags = random.nextBoolean() ? HEADERS : random.nextInt(1 << 16);
            assertThat(read(header(flags, Unpooled.wrappedBuffer(properties))))
                    .as("seed " + seed)
                    .isNotNull();
        }
    }

    /** Returns a channel that stands for the Java client, which closes the connection over a frame it cannot read. */
    private static EmbeddedChannel failing(ReadFailures failures) {
        var guard = new HeaderGuard(failures);
        return new EmbeddedChannel(guard, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                var frame = (ByteBuf) message;
                if (frame.getByte(0) == 2
                        && !frame.toString(StandardCharsets.US_ASCII).contains(ContentHeader.UNREAD)) {
                    guard.ended(new ShutdownSignalException(true, false, null, null, "", new IOException("cannot")));
                    frame.release();
                } else {
                    context.fireChannelRead(frame);
                }
            }
        });
    }

    private static String received(ReadFailures failures, String key, int deliveryCount) {
        var connection = failing(failures);
        var table = sized(field('I', Unpooled.buffer().writeInt(deliveryCount)));
        connection.writeInbound(deliver(key), header(HEADERS | MESSAGE_ID, text(table, "id-" + key)));
        var all = new StringBuilder();
        for (ByteBuf read = connection.readInbound(); read != null; read = connection.readInbound()) {
            all.append(read.toString(StandardCharsets.US_ASCII));
            read.release();
        }
        connection.finishAndReleaseAll();
        return all.toString();
    }

    @Test
    void aMessageOverWhichTheClientFailsTwiceInARowIsSetAsideAtItsThirdDelivery() {
        var failures = new ReadFailures();
        assertThat(received(failures, "k", 0)).doesNotContain(ContentHeader.UNREAD);
        assertThat(received(failures, "other", 0)).doesNotContain(ContentHeader.UNREAD);
        assertThat(received(failures, "k", 1)).as("not in a row").doesNotContain(ContentHeader.UNREAD);
        assertThat(received(failures, "k", 2)).doesNotContain(ContentHeader.UNREAD);

        assertThat(received(failures, "other", 1)).doesNotContain(ContentHeader.UNREAD);
        assertThat(received(failures, "k", 3))
                .contains(ContentHeader.UNREAD, "lost twice over reading the message", "cannot");
    }
}
