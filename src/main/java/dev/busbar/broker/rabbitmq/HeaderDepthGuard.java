package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * Keeps message headers away that are nested more deeply than the Java client reads: it would give up the whole
 * connection over one such message, and again when the message comes back. Their place is taken by a single header, so
 * that the message can be refused by itself. Looks at content headers only (AMQP 0-9-1 sections 2.3.5.2 and 4.2.5), one
 * frame at a time.
 */
final class HeaderDepthGuard extends ChannelInboundHandlerAdapter {

    /** The header that stands for those taken away. */
    static final String MARK = "x-busbar-headers-too-deep";

    /** The Java client reads 32 levels. */
    static final int MAX_DEPTH = 31;

    private static final int FRAME_HEADER = 1;
    private static final int CONTENT_HEADER = 2;
    private static final int FRAME_PREFIX = 7;
    private static final int FLAGS = FRAME_PREFIX + 12;
    private static final int PROPERTIES = FLAGS + 2;
    private static final int HAS_CONTENT_TYPE = 1 << 15;
    private static final int HAS_CONTENT_ENCODING = 1 << 14;
    private static final int HAS_HEADERS = 1 << 13;
    /** Each level takes at least a type, a length, and a name or another type. */
    private static final int BYTES_PER_LEVEL = 5;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var frame = (ByteBuf) message;
        context.fireChannelRead(suspicious(frame) ? checked(context, frame) : frame);
    }

    private static boolean suspicious(ByteBuf frame) {
        return frame.readableBytes() > PROPERTIES + MAX_DEPTH * BYTES_PER_LEVEL
                && frame.getByte(frame.readerIndex()) == CONTENT_HEADER
                && (frame.getUnsignedShort(frame.readerIndex() + FLAGS) & HAS_HEADERS) != 0;
    }

    private static ByteBuf checked(ChannelHandlerContext context, ByteBuf frame) {
        var start = frame.readerIndex();
        var flags = frame.getUnsignedShort(start + FLAGS);
        var table = start + PROPERTIES;
        if ((flags & HAS_CONTENT_TYPE) != 0) {
            table += FRAME_HEADER + frame.getUnsignedByte(table);
        }
        if ((flags & HAS_CONTENT_ENCODING) != 0) {
            table += FRAME_HEADER + frame.getUnsignedByte(table);
        }
        var tableEnd = table + Integer.BYTES + frame.getInt(table);
        return depth(frame, table + Integer.BYTES, tableEnd) <= MAX_DEPTH
                ? frame
                : replaced(context, frame, table, tableEnd);
    }

    /**
     * How deep tables and arrays are nested; stops counting beyond the bound. What cannot be followed counts as flat.
     */
    private static int depth(ByteBuf frame, int from, int end) {
        var open = new ArrayDeque<int[]>();
        open.push(new int[] {end, 1});
        var at = from;
        var deepest = 1;
        while (!open.isEmpty() && deepest <= MAX_DEPTH) {
            var level = open.peek();
            if (at >= level[0]) {
                open.pop();
                continue;
            }
            if (level[1] == 1) {
                at += 1 + frame.getUnsignedByte(at);
            }
            var type = frame.getByte(at++);
            if (type == 'F' || type == 'A') {
                var inner = at + Integer.BYTES + frame.getInt(at);
                at += Integer.BYTES;
                open.push(new int[] {inner, type == 'F' ? 1 : 0});
                deepest = Math.max(deepest, open.size());
            } else {
                var size = size(frame, type, at);
                if (size < 0) {
                    return deepest;
                }
                at += size;
            }
        }
        return deepest;
    }

    private static int size(ByteBuf frame, byte type, int at) {
        return switch (type) {
            case 'V' -> 0;
            case 't', 'b', 'B' -> 1;
            case 's', 'u' -> 2;
            case 'I', 'i', 'f' -> 4;
            case 'D' -> 5;
            case 'l', 'L', 'd', 'T' -> 8;
            case 'S', 'x' -> Integer.BYTES + frame.getInt(at);
            default -> -1;
        };
    }

    private static ByteBuf replaced(ChannelHandlerContext context, ByteBuf frame, int table, int tableEnd) {
        var name = MARK.getBytes(StandardCharsets.US_ASCII);
        var entry = 1 + name.length + 2;
        var start = frame.readerIndex();
        var replaced = context.alloc().buffer();
        try {
            replaced.writeBytes(frame, start, table - start);
            replaced.writeInt(entry);
            replaced.writeByte(name.length).writeBytes(name).writeByte('t').writeByte(1);
            replaced.writeBytes(frame, tableEnd, frame.writerIndex() - tableEnd);
            // The payload's length: without the prefix, and the octet that ends the frame.
            replaced.setInt(3, replaced.readableBytes() - FRAME_PREFIX - 1);
            return replaced;
        } finally {
            frame.release();
        }
    }
}
