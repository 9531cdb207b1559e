package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Walks a table of headers as it stands in a frame (AMQP 0-9-1 section 4.2.5), and changes types that the Java client
 * does not read into types that it reads, where the bytes are the same. The client knows neither {@code L}, as which
 * py-amqp writes every whole number from 2^31 on, nor the other types of the specification and of Qpid below. It
 * misreads times beyond 64 bits of milliseconds, so such a time becomes the number that was sent.
 */
final class FieldTable {

    /** The levels of nesting allowed; the Java client reads 32. */
    static final int MAX_DEPTH = 31;

    /** The greatest time in seconds that fits into milliseconds of 64 bits, in which Java counts time. */
    static final long MAX_TIMESTAMP_SECONDS = Long.MAX_VALUE / 1000;

    private final ByteBuf frame;
    private String problem;
    private int at;

    private FieldTable(ByteBuf frame) {
        this.frame = frame;
    }

    /**
     * Looks for a reason why the Java client cannot read a table, and changes types on the way.
     *
     * @param from the index behind the table's length
     * @param end the index behind the table; not beyond that of the frame
     * @return why the table cannot be read; {@code null} if it can
     */
    static String problem(ByteBuf frame, int from, int end) {
        var table = new FieldTable(frame);
        table.at = from;
        table.entries(end, true, 1);
        return table.problem;
    }

    /**
     * Walks the entries of a table or an array.
     *
     * @param end the index behind the entries
     * @param named whether this is a table and not an array
     */
    private void entries(int end, boolean named, int depth) {
        if (depth > MAX_DEPTH) {
            problem = "they are nested more than " + MAX_DEPTH + " levels deep";
            return;
        }
        while (problem == null && at < end) {
            var name = at;
            if (named) {
                at += 1 + frame.getUnsignedByte(at);
            }
            if (hasBytes(1, end)) {
                value(end, depth, named ? name : -1);
            }
        }
    }

    private boolean hasBytes(long bytes, int end) {
        if (bytes > end - at) {
            problem = "they end before the last of them does";
        }
        return problem == null;
    }

    private void value(int end, int depth, int name) {
        var typeAt = at++;
        var type = frame.getByte(typeAt);
        switch (type) {
            case 'V' -> {}
            case 't', 'b', 'B' -> skip(1, end);
            case 's', 'u' -> skip(2, end);
            case 'I', 'i', 'f' -> skip(4, end);
            case 'D' -> skip(5, end);
            case 'l', 'd' -> skip(8, end);
            case 'S', 'x' -> text(end);
            case 'F', 'A' -> nested(end, type == 'F', depth);
            // The specification's letters for these types; RabbitMQ and others write l and s.
            case 'L' -> changeType('l', typeAt, skip(8, end));
            case 'U' -> changeType('s', typeAt, skip(2, end));
            case 'T' -> changeType('l', typeAt, skip(8, end) && exceedsMillis(frame.getLong(at - 8)));
            // Qpid's letters for ASCII strings and for strings of wide characters.
            case 'c', 'C' -> changeType('S', typeAt, text(end));
            default ->
                problem = (name < 0 ? "a list among them" : "'" + name(name) + "'") + " has a value of the type "
                        + (type > ' ' && type < 0x7F ? "'" + (char) type + "'" : Integer.toString(type & 0xFF))
                        + ", which is not known";
        }
    }

    private static boolean exceedsMillis(long seconds) {
        return seconds > MAX_TIMESTAMP_SECONDS || seconds < -MAX_TIMESTAMP_SECONDS;
    }

    private String name(int name) {
        return frame.toString(name + 1, frame.getUnsignedByte(name), StandardCharsets.UTF_8);
    }

    private void changeType(char type, int typeAt, boolean condition) {
        if (condition) {
            frame.setByte(typeAt, type);
        }
    }

    private boolean skip(long bytes, int end) {
        if (hasBytes(bytes, end)) {
            at += (int) bytes;
        }
        return problem == null;
    }

    private boolean text(int end) {
        return hasBytes(Integer.BYTES, end) && skip(Integer.BYTES + frame.getUnsignedInt(at), end);
    }

    private void nested(int end, boolean named, int depth) {
        if (hasBytes(Integer.BYTES, end) && hasBytes(Integer.BYTES + frame.getUnsignedInt(at), end)) {
            var innerEnd = at + Integer.BYTES + frame.getInt(at);
            at += Integer.BYTES;
            entries(innerEnd, named, depth + 1);
        }
    }
}
