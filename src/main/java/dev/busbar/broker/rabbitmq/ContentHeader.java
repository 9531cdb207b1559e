package dev.busbar.broker.rabbitmq;

import dev.busbar.codec.Timestamps;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Reads a content header as it stands in a frame (AMQP 0-9-1 sections 2.3.5.2 and 1.8.3): finds out whether the Java
 * client can read it, and writes another in its place if it cannot.
 */
final class ContentHeader {

    /** Names the header that says why the headers of the message were not read. */
    static final String UNREAD = "x-busbar-unread";

    /** Names the header with the bytes that were not read, unless they are many. */
    static final String UNREAD_BYTES = "x-busbar-unread-bytes";

    private static final int FRAME_HEADER_BYTES = 7;
    private static final int FRAME_END_BYTES = 1;
    private static final int FLAGS_AT = FRAME_HEADER_BYTES + 12;
    private static final int PROPERTIES_AT = FLAGS_AT + 2;
    private static final int HAS_HEADERS = 1 << 13;
    private static final int HAS_TIMESTAMP = 1 << 6;
    private static final int MORE_FLAGS = 1;
    /** The frame size that every peer accepts (frame-min-size). */
    private static final int FRAME_MIN_SIZE = 4096;

    /** Room in a frame around the headers that mark a message as unread. */
    private static final int MARK_OVERHEAD_BYTES = 64;

    private static final int MAX_REASON_CHARS = 400;

    private static final int SHORT_STRING = -1;
    private static final int TABLE = -2;
    /** Sizes of the properties in bytes, or one of the two kinds above, from the highest flag down. */
    private static final int[] PROPERTY_SIZES = {
        SHORT_STRING,
        SHORT_STRING,
        TABLE,
        1,
        1,
        SHORT_STRING,
        SHORT_STRING,
        SHORT_STRING,
        SHORT_STRING,
        8,
        SHORT_STRING,
        SHORT_STRING,
        SHORT_STRING,
        SHORT_STRING
    };

    private final ByteBuf frame;
    private final int end;
    /** The index of the table of headers, or of where it would stand. */
    private int tableAt;

    private boolean hasTable;
    private int timestampAt = -1;

    private ContentHeader(ByteBuf frame) {
        this.frame = frame;
        this.end = frame.writerIndex() - FRAME_END_BYTES;
    }

    /** Returns the frame, perhaps changed in place, or another frame that the Java client reads instead. */
    static ByteBuf readable(ByteBufAllocator allocator, ByteBuf frame) {
        var flags = frame.getUnsignedShort(frame.readerIndex() + FLAGS_AT);
        var header = new ContentHeader(frame);
        var whyBroken = header.whyBroken(flags);
        if (whyBroken != null) {
            return unread(allocator, frame, whyBroken);
        }
        if (header.hasTable) {
            var from = header.tableAt + Integer.BYTES;
            var problem = FieldTable.problem(frame, from, header.tableEnd());
            if (problem != null) {
                return header.with(allocator, mark(allocator, frame, problem, from, header.tableEnd()));
            }
        }
        return header.timestampAt >= 0 && isNoTime(frame.getLong(header.timestampAt))
                ? header.withTimestampAsHeader(allocator, flags)
                : frame;
    }

    /** Returns whether a timestamp is out of range, be it in seconds, or in milliseconds as some brokers write it. */
    private static boolean isNoTime(long timestamp) {
        return timestamp > Timestamps.MAX_MILLIS || timestamp < Timestamps.MIN_SECONDS;
    }

    /**
     * Returns a frame with the reason, and the unread bytes unless they are many, in place of all properties. Releases
     * {@code frame}.
     */
    static ByteBuf unread(ByteBufAllocator allocator, ByteBuf frame, String reason) {
        var mark =
                mark(allocator, frame, reason, frame.readerIndex() + FLAGS_AT, frame.writerIndex() - FRAME_END_BYTES);
        var written = allocator.buffer();
        try {
            written.writeBytes(frame, frame.readerIndex(), FLAGS_AT);
            written.writeShort(HAS_HEADERS).writeInt(mark.readableBytes()).writeBytes(mark);
            return withEnd(written);
        } finally {
            mark.release();
            frame.release();
        }
    }

    /** Returns all properties but the headers, as text that is alike for each delivery of a message. */
    static String fingerprint(ByteBuf frame) {
        var start = frame.readerIndex() + FLAGS_AT;
        var header = new ContentHeader(frame);
        var whole = header.whyBroken(frame.getUnsignedShort(start)) == null;
        return whole && header.hasTable
                ? ByteBufUtil.hexDump(frame, start, header.tableAt - start)
                        + ByteBufUtil.hexDump(frame, header.tableEnd(), header.end - header.tableEnd())
                : ByteBufUtil.hexDump(frame, start, header.end - start);
    }

    private static ByteBuf withEnd(ByteBuf written) {
        written.writeByte(0xCE);
        return written.setInt(3, written.readableBytes() - FRAME_HEADER_BYTES - FRAME_END_BYTES);
    }

    /** Returns why the properties cannot be told apart; {@code null} if they can. */
    private String whyBroken(int flags) {
        if ((flags & MORE_FLAGS) != 0) {
            return "the message has properties of a kind that is not known";
        }
        var at = (long) frame.readerIndex() + PROPERTIES_AT;
        for (int i = 0; i < PROPERTY_SIZES.length; i++) {
            var size = PROPERTY_SIZES[i];
            if (size == TABLE) {
                tableAt = (int) at;
            }
            if ((flags & 1 << 15 - i) == 0) {
                continue;
            }
            if (size == TABLE) {
                hasTable = true;
                size = Integer.BYTES;
            } else if (size == Long.BYTES) {
                timestampAt = (int) at;
            } else if (size == SHORT_STRING) {
                size = 1;
            }
            if (at + size <= end) {
                at += size + variableBytes(PROPERTY_SIZES[i], (int) at);
            } else {
                at = Long.MAX_VALUE;
            }
            if (at > end) {
                return "the properties of the message end before the last of them does";
            }
        }
        return null;
    }

    private long variableBytes(int kind, int at) {
        return kind == TABLE ? frame.getUnsignedInt(at) : kind == SHORT_STRING ? frame.getUnsignedByte(at) : 0;
    }

    private int tableEnd() {
        return tableAt + Integer.BYTES + frame.getInt(tableAt);
    }

    /** Returns a frame with the same properties and other headers. Releases {@code frame} and {@code entries}. */
    private ByteBuf with(ByteBufAllocator allocator, ByteBuf entries) {
        var written = allocator.buffer();
        try {
            written.writeBytes(frame, frame.readerIndex(), tableAt - frame.readerIndex());
            written.writeInt(entries.readableBytes()).writeBytes(entries);
            written.writeBytes(frame, tableEnd(), end - tableEnd());
            return readable(allocator, withEnd(written));
        } finally {
            entries.release();
            frame.release();
        }
    }

    private ByteBuf withTimestampAsHeader(ByteBufAllocator allocator, int flags) {
        var start = frame.readerIndex();
        var rest = hasTable ? tableEnd() : tableAt;
        var written = allocator.buffer();
        try {
            written.writeBytes(frame, start, tableAt - start);
            written.setShort(FLAGS_AT, flags & ~HAS_TIMESTAMP | HAS_HEADERS);
            var lengthAt = written.writerIndex();
            written.writeInt(0);
            if (hasTable) {
                written.writeBytes(frame, tableAt + Integer.BYTES, rest - tableAt - Integer.BYTES);
            }
            writeName(written, Timestamps.NUMBER).writeByte('l').writeLong(frame.getLong(timestampAt));
            written.setInt(lengthAt, written.writerIndex() - lengthAt - Integer.BYTES);
            written.writeBytes(frame, rest, timestampAt - rest);
            written.writeBytes(frame, timestampAt + Long.BYTES, end - timestampAt - Long.BYTES);
            return withEnd(written);
        } finally {
            frame.release();
        }
    }

    private static ByteBuf mark(ByteBufAllocator allocator, ByteBuf frame, String reason, int from, int to) {
        var shown = reason.length() > MAX_REASON_CHARS ? reason.substring(0, MAX_REASON_CHARS) + "…" : reason;
        var text = shown.getBytes(StandardCharsets.UTF_8);
        var entries = allocator.buffer();
        writeName(entries, UNREAD).writeByte('S').writeInt(text.length).writeBytes(text);
        if (frame.readableBytes() + entries.readableBytes() < FRAME_MIN_SIZE - MARK_OVERHEAD_BYTES) {
            writeName(entries, UNREAD_BYTES).writeByte('x').writeInt(to - from).writeBytes(frame, from, to - from);
        }
        return entries;
    }

    private static ByteBuf writeName(ByteBuf entries, String name) {
        return entries.writeByte(name.length()).writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    }
}
