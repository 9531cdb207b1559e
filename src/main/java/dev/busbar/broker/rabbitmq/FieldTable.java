package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Walks a table of headers as it stands in a frame (AMQP 0-9-1 section 4.2.5), and gives what the Java client does not
 * read a type that it reads, where the bytes are the same: it knows neither {@code L}, as which py-amqp writes every
 * whole number from 2^31 on, nor the other types of the specification and of Qpid below, and times beyond its
 * milliseconds it turns into others. Such a time becomes the number that was sent.
 */
final class FieldTable {

    /** The Java client reads 32 levels. */
    static final int MAX_DEPTH = 31;

    /** Later or earlier seconds are no milliseconds of 64 bits, in which Java counts time. */
    static final long MAX_SECONDS = Long.MAX_VALUE / 1000;

    private final ByteBuf frame;
    private String problem;
    private int at;

    private FieldTable(ByteBuf frame) {
        this.frame = frame;
    }

    /**
     * @param from behind the table's length
     * @param end of the table; not beyond that of the frame
     * @return why the table cannot be read, {@code null} if it can
     */
    static String problem(ByteBuf frame, int from, int end) {
        var table = new FieldTable(frame);
        table.at = from;
        table.entries(end, true, 1);
        return table.problem;
    }

    /** @param named whether it is a table and no array */
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
            if (has(1, end)) {
                value(end, depth, named ? name : -1);
            }
        }
    }

    private boolean has(long bytes, int end) {
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
            // As the specification calls them; RabbitMQ and others say l and s.
            case 'L' -> as('l', typeAt, skip(8, end));
            case 'U' -> as('s', typeAt, skip(2, end));
            case 'T' -> as('l', typeAt, skip(8, end) && beyond(frame.getLong(at - 8)));
            // Qpid's strings that are ASCII, or have wide characters.
            case 'c', 'C' -> as('S', typeAt, text(end));
            default ->
                problem = (name < 0 ? "a list among them" : "'" + name(name) + "'") + " has a value of the type "
                        + (type > ' ' && type < 0x7F ? "'" + (char) type + "'" : Integer.toString(type & 0xFF))
                        + ", which is not known";
        }
    }

    private static boolean beyond(long seconds) {
        return seconds > MAX_SECONDS || seconds < -MAX_SECONDS;
    }

    private String name(int name) {
        return frame.toString(name + 1, frame.getUnsignedByte(name), StandardCharsets.UTF_8);
    }

    private void as(char type, int typeAt, boolean really) {
        if (really) {
            frame.setByte(typeAt, type);
        }
    }

    private boolean skip(long bytes, int end) {
        if (has(bytes, end)) {
            at += (int) bytes;
        }
        return problem == null;
    }

    private boolean text(int end) {
        return has(Integer.BYTES, end) && skip(Integer.BYTES + frame.getUnsignedInt(at), end);
    }

    private void nested(int end, boolean named, int depth) {
        if (has(Integer.BYTES, end) && has(Integer.BYTES + frame.getUnsignedInt(at), end)) {
            var innerEnd = at + Integer.BYTES + frame.getInt(at);
            at += Integer.BYTES;
            entries(innerEnd, named, depth + 1);
        }
    }
}
