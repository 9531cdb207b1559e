package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The message that a channel is receiving: keeps copies of the frames of its method and content header until its body
 * is complete (AMQP 0-9-1 section 4.2.6), so that it can be named if the client fails over it. Copies, because the
 * memory of the frames is that of all that came with them, and to hold it costs more.
 */
final class ContentFrames {

    private static final int PREFIX = 7;
    private static final int AROUND_PAYLOAD = 8;
    private static final int BODY_SIZE_AT = PREFIX + 4;
    private static final int FLAGS_AT = PREFIX + 12;
    /** Of a frame with a content header, at least. */
    static final int HEADER_BYTES = FLAGS_AT + 2 + 1;

    private static final int METHOD_BYTES = PREFIX + 4 + 1;
    private static final int BASIC = 60;
    private static final int DELIVER = 60;
    private static final int GET_OK = 71;
    private static final int DELIVERY_TAG_AND_REDELIVERED = 9;

    /** What is larger is not kept between messages. */
    private static final int USUAL_BYTES = 4096;

    private final ByteBuf method = Unpooled.buffer();
    private ByteBuf header = Unpooled.buffer();
    private long missing;

    /** @param frame of any method */
    void method(ByteBuf frame) {
        forget();
        var at = frame.readerIndex() + PREFIX;
        if (frame.readableBytes() >= METHOD_BYTES && frame.getUnsignedShort(at) == BASIC) {
            var number = frame.getUnsignedShort(at + 2);
            if (number == DELIVER || number == GET_OK) {
                method.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
            }
        }
    }

    void header(ByteBuf frame) {
        if (method.isReadable() && frame.readableBytes() >= HEADER_BYTES) {
            header.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
            missing = frame.getLong(frame.readerIndex() + BODY_SIZE_AT);
        }
    }

    void body(ByteBuf frame) {
        missing -= frame.readableBytes() - AROUND_PAYLOAD;
    }

    /** The client has read the last frame. */
    void read() {
        if (missing <= 0 && header.isReadable()) {
            forget();
        }
    }

    /** Whether there is a message, as far as its content header. */
    boolean begun() {
        return header.isReadable();
    }

    private void forget() {
        method.clear();
        header = header.capacity() > USUAL_BYTES ? Unpooled.buffer() : header.clear();
    }

    /** Exchange and routing key, for a person. */
    String place() {
        var at = method.readerIndex() + PREFIX + 2;
        var deliver = method.getUnsignedShort(at) == DELIVER;
        at += 2;
        at = (deliver ? behind(at) : at) + DELIVERY_TAG_AND_REDELIVERED;
        return "exchange '" + text(at) + "', routing key '" + text(behind(at)) + "'";
    }

    /**
     * What a message has at its second delivery as at its first: where it comes from, its size, and its properties
     * except the headers, among which brokers count deliveries.
     */
    String fingerprint() {
        return place() + ", " + header.getLong(header.readerIndex() + BODY_SIZE_AT) + " bytes, "
                + ContentHeader.fingerprint(header);
    }

    private int behind(int shortString) {
        return shortString + 1 + method.getUnsignedByte(shortString);
    }

    private String text(int shortString) {
        return method.toString(shortString + 1, method.getUnsignedByte(shortString), StandardCharsets.UTF_8);
    }
}
