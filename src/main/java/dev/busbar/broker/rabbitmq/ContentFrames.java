package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Keeps copies of the frames of the message that a channel is receiving: of its method and its content header, until
 * its body is complete (AMQP 0-9-1 section 4.2.6). So the message can be named if the Java client fails over it. The
 * frames themselves would hold the memory of everything received together with them, which costs more than copies.
 */
final class ContentFrames {

    private static final int FRAME_HEADER_BYTES = 7;
    private static final int FRAME_OVERHEAD_BYTES = 8;
    private static final int BODY_SIZE_AT = FRAME_HEADER_BYTES + 4;
    private static final int FLAGS_AT = FRAME_HEADER_BYTES + 12;
    /** The least size of a frame with a content header. */
    static final int MIN_HEADER_FRAME_BYTES = FLAGS_AT + 2 + 1;

    private static final int MIN_METHOD_FRAME_BYTES = FRAME_HEADER_BYTES + 4 + 1;
    private static final int BASIC_CLASS = 60;
    private static final int BASIC_DELIVER = 60;
    private static final int BASIC_GET_OK = 71;
    private static final int DELIVERY_TAG_AND_REDELIVERED_BYTES = 9;

    /** The largest buffer of a content header that is kept between messages. */
    private static final int MAX_KEPT_HEADER_BYTES = 4096;

    private final ByteBuf method = Unpooled.buffer();
    private ByteBuf header = Unpooled.buffer();
    private long missingBodyBytes;

    /**
     * Begins a message if the frame is one of {@code basic.deliver} or {@code basic.get-ok}.
     *
     * @param frame of any method
     */
    void method(ByteBuf frame) {
        forget();
        var at = frame.readerIndex() + FRAME_HEADER_BYTES;
        if (frame.readableBytes() >= MIN_METHOD_FRAME_BYTES && frame.getUnsignedShort(at) == BASIC_CLASS) {
            var number = frame.getUnsignedShort(at + 2);
            if (number == BASIC_DELIVER || number == BASIC_GET_OK) {
                method.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
            }
        }
    }

    void header(ByteBuf frame) {
        if (method.isReadable() && frame.readableBytes() >= MIN_HEADER_FRAME_BYTES) {
            header.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
            missingBodyBytes = frame.getLong(frame.readerIndex() + BODY_SIZE_AT);
        }
    }

    void body(ByteBuf frame) {
        missingBodyBytes -= frame.readableBytes() - FRAME_OVERHEAD_BYTES;
    }

    /** Forgets the message if the Java client has read its last frame. */
    void read() {
        if (missingBodyBytes <= 0 && header.isReadable()) {
            forget();
        }
    }

    /** Returns whether a message has been received as far as its content header. */
    boolean begun() {
        return header.isReadable();
    }

    private void forget() {
        method.clear();
        header = header.capacity() > MAX_KEPT_HEADER_BYTES ? Unpooled.buffer() : header.clear();
    }

    /** Returns the exchange and the routing key of the message, for a person. */
    String routedTo() {
        var at = method.readerIndex() + FRAME_HEADER_BYTES + 2;
        var deliver = method.getUnsignedShort(at) == BASIC_DELIVER;
        at += 2;
        at = (deliver ? indexAfter(at) : at) + DELIVERY_TAG_AND_REDELIVERED_BYTES;
        return "exchange '" + text(at) + "', routing key '" + text(indexAfter(at)) + "'";
    }

    /**
     * Returns what is alike at each delivery of a message: where it comes from, its size, and its properties except the
     * headers, among which brokers count deliveries.
     */
    String fingerprint() {
        return routedTo() + ", " + header.getLong(header.readerIndex() + BODY_SIZE_AT) + " bytes, "
                + ContentHeader.fingerprint(header);
    }

    private int indexAfter(int shortString) {
        return shortString + 1 + method.getUnsignedByte(shortString);
    }

    private String text(int shortString) {
        return method.toString(shortString + 1, method.getUnsignedByte(shortString), StandardCharsets.UTF_8);
    }
}
