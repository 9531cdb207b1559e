package dev.busbar.broker.amqp10;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.qpid.proton.amqp.Binary;

/** Converts ids to text: AMQP 1.0 has ids of four types, and elsewhere they are text. */
final class Ids {

    private Ids() {}

    /**
     * Returns an id as text: a number in decimal digits, a uuid in the usual form; binary as text if it is UTF-8, else
     * in hexadecimal digits.
     *
     * @param id a string, a symbol, a ulong, a uuid or binary; {@code null} for none
     */
    static String text(Object id) {
        if (id instanceof String text) {
            return text;
        }
        return id instanceof Binary binary ? text(binary) : id == null ? null : id.toString();
    }

    private static String text(Binary binary) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(binary.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            var start = binary.getArrayOffset();
            return HexFormat.of().formatHex(binary.getArray(), start, start + binary.getLength());
        }
    }
}
