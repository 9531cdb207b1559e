package dev.busbar.broker.rabbitmq;

import dev.busbar.codec.Timestamps;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * A content header as it stands in a frame (AMQP 0-9-1 sections 2.3.5.2 and 1.8.3): finds out whether the Java client
 * can read it, and writes another in its place if it cannot.
 */
final class ContentHeader {

    /** The header that says why those of the message were not read. */
    static final String UNREAD = "x-busbar-unread";

    /** The header with the bytes that were not read, unless they are many. */
    static final String UNREAD_BYTES = "x-busbar-unread-bytes";

    private static final int PREFIX = 7;
    private static final int FRAME_END = 1;
    private static final int FLAGS = PREFIX + 12;
    private static final int PROPERTIES = FLAGS + 2;
    private static final int HAS_HEADERS = 1 << 13;
    private static final int HAS_TIMESTAMP = 1 << 6;
    private static final int MORE_FLAGS = 1;
    /** Every peer takes frames of this size. */
    private static final int MIN_FRAME_MAX = 4096;

    /** Around what is kept of the headers. */
    private static final int MARK_BYTES = 64;

    private static final int TRUNCATED_REASON = 400;

    private static final int SHORT_STRING = -1;
    private static final int TABLE = -2;
    /** From the highest flag down; sizes in bytes, or one of the kinds above. */
    private static final int[] SIZES = {
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
    /** Where headers stand, or would stand. */
    private int tableAt;

    private boolean hasTable;
    private int timestampAt = -1;

    private ContentHeader(ByteBuf frame) {
        this.frame = frame;
        this.end = frame.writerIndex() - FRAME_END;
    }

    /** Returns the frame, changed in place perhaps, or another that the Java client reads instead. */
    static ByteBuf readable(ByteBufAllocator allocator, ByteBuf frame) {
        var flags = frame.getUnsignedShort(frame.readerIndex() + FLAGS);
        var header = new ContentHeader(frame);
        var broken = header.broken(flags);
        if (broken != null) {
            return unread(allocator, frame, broken);
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

    /** In seconds, or in milliseconds as some brokers have it. */
    private static boolean isNoTime(long timestamp) {
        return timestamp > Timestamps.MAX_MILLIS || timestamp < Timestamps.MIN_SECONDS;
    }

    /** In place of all properties. */
    static ByteBuf unread(ByteBufAllocator allocator, ByteBuf frame, String reason) {
        var mark = mark(allocator, frame, reason, frame.readerIndex() + FLAGS, frame.writerIndex() - FRAME_END);
        var written = allocator.buffer();
        try {
            written.writeBytes(frame, frame.readerIndex(), FLAGS);
            written.writeShort(HAS_HEADERS).writeInt(mark.readableBytes()).writeBytes(mark);
            return ended(written);
        } finally {
            mark.release();
            frame.release();
        }
    }

    /** All properties but the headers, as text; alike for each delivery of a message. */
    static String fingerprint(ByteBuf frame) {
        var start = frame.readerIndex() + FLAGS;
        var header = new ContentHeader(frame);
        var whole = header.broken(frame.getUnsignedShort(start)) == null;
        return whole && header.hasTable
                ? ByteBufUtil.hexDump(frame, start, header.tableAt - start)
                        + ByteBufUtil.hexDump(frame, header.tableEnd(), header.end - header.tableEnd())
                : ByteBufUtil.hexDump(frame, start, header.end - start);
    }

    private static ByteBuf ended(ByteBuf written) {
        written.writeByte(0xCE);
        return written.setInt(3, written.readableBytes() - PREFIX - FRAME_END);
    }

    /** Why the properties cannot be told apart; {@code null} if they can. */
    private String broken(int flags) {
        if ((flags & MORE_FLAGS) != 0) {
            return "the message has properties of a kind that is not known";
        }
        var at = (long) frame.readerIndex() + PROPERTIES;
        for (int i = 0; i < SIZES.length; i++) {
            var size = SIZES[i];
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
                at += size + following(SIZES[i], (int) at);
            } else {
                at = Long.MAX_VALUE;
            }
            if (at > end) {
                return "the properties of the message end before the last of them does";
            }
        }
        return null;
    }

    private long following(int kind, int at) {
        return kind == TABLE ? frame.getUnsignedInt(at) : kind == SHORT_STRING ? frame.getUnsignedByte(at) : 0;
    }

    private int tableEnd() {
        return tableAt + Integer.BYTES + frame.getInt(tableAt);
    }

    /** Writes the properties with other headers; the frame and the headers are released. */
    private ByteBuf with(ByteBufAllocator allocator, ByteBuf entries) {
        var written = allocator.buffer();
        try {
            written.writeBytes(frame, frame.readerIndex(), tableAt - frame.readerIndex());
            written.writeInt(entries.readableBytes()).writeBytes(entries);
            written.writeBytes(frame, tableEnd(), end - tableEnd());
            return readable(allocator, ended(written));
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
            written.setShort(FLAGS, flags & ~HAS_TIMESTAMP | HAS_HEADERS);
            var lengthAt = written.writerIndex();
            written.writeInt(0);
            if (hasTable) {
                written.writeBytes(frame, tableAt + Integer.BYTES, rest - tableAt - Integer.BYTES);
            }
            name(written, Timestamps.NUMBER).writeByte('l').writeLong(frame.getLong(timestampAt));
            written.setInt(lengthAt, written.writerIndex() - lengthAt - Integer.BYTES);
            written.writeBytes(frame, rest, timestampAt - rest);
            written.writeBytes(frame, timestampAt + Long.BYTES, end - timestampAt - Long.BYTES);
            return ended(written);
        } finally {
            frame.release();
        }
    }

    private static ByteBuf mark(ByteBufAllocator allocator, ByteBuf frame, String reason, int from, int to) {
        var shown = reason.length() > TRUNCATED_REASON ? reason.substring(0, TRUNCATED_REASON) + "…" : reason;
        var text = shown.getBytes(StandardCharsets.UTF_8);
        var entries = allocator.buffer();
        name(entries, UNREAD).writeByte('S').writeInt(text.length).writeBytes(text);
        if (frame.readableBytes() + entries.readableBytes() < MIN_FRAME_MAX - MARK_BYTES) {
            name(entries, UNREAD_BYTES).writeByte('x').writeInt(to - from).writeBytes(frame, from, to - from);
        }
        return entries;
    }

    private static ByteBuf name(ByteBuf entries, String name) {
        return entries.writeByte(name.length()).writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    }
}
