package dev.busbar.codec;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the headers of one event bus message on its way to the broker. */
final class SenderHeaders {

    private static final int MAX_BYTES = 255;
    private static final String LONE = "\\p{Cs}";

    private final String[] properties = new String[Property.ALL.length];
    private final HeaderTypes types;
    private final Map<String, Object> application = new LinkedHashMap<>();
    /** Whether they came with a message from the broker. */
    private final boolean received;

    SenderHeaders(MultiMap headers) {
        received = headers.contains(BusHeaders.REDELIVERED);
        types = HeaderTypes.parse(headers.isEmpty() ? null : headers.get(BusHeaders.HEADER_TYPES));
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (!BusHeaders.isReserved(name)) {
                application(name, header.getValue());
            } else if (!name.equalsIgnoreCase(BusHeaders.HEADER_TYPES)) {
                reserved(name, header.getValue());
            }
        }
        if (received) {
            // They had their effect before.
            application.keySet().removeIf(RoutingHeaders::isOne);
        }
    }

    private void reserved(String name, String value) {
        requireText(name, value, value);
        Property property = Property.named(name);
        if (property != null && value.isEmpty()) {
            return;
        }
        if (property != null) {
            if (properties[property.ordinal()] != null) {
                throw bad(name, value, "it is given twice; set it once");
            }
            properties[property.ordinal()] = value;
            return;
        }
        boolean escaped = name.regionMatches(true, 0, BusHeaders.ESCAPE, 0, BusHeaders.ESCAPE.length());
        String own = escaped ? name.substring(BusHeaders.ESCAPE.length()) : name;
        if (!escaped || !BusHeaders.isReserved(own)) {
            throw bad(
                    name,
                    value,
                    "there is no such property; names that begin with amqp- are reserved, send an"
                            + " application header of that name as " + BusHeaders.ESCAPE + name);
        }
        application(own, value);
    }

    private void application(String name, String text) {
        if (name.isEmpty() || isLong(name)) {
            if (received) {
                return;
            }
            throw bad(name, text, "names of headers have 1 to " + MAX_BYTES + " bytes; use another name");
        }
        requireText(name, text, name);
        Object value = typed(name, text);
        requireText(name, text, value);
        if (!application.containsKey(name)) {
            application.put(name, value);
        } else if (application.get(name) instanceof Several several) {
            several.add(value);
        } else {
            application.put(name, new Several(application.get(name), value));
        }
    }

    /** Brokers end the session or connection over one half of a character, or find another in its place. */
    private static void requireText(String name, String text, Object value) {
        if (value instanceof String part) {
            if (!isWhole(part)) {
                throw bad(
                        name.replaceAll(LONE, "?"),
                        text.replaceAll(LONE, "?"),
                        "it has one half of a character of two, a surrogate without the other; leave it out");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                requireText(name, text, key);
                requireText(name, text, inner);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> requireText(name, text, inner));
        }
    }

    private static boolean isWhole(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                int whole = text.codePointAt(at);
                if (!Character.isSupplementaryCodePoint(whole)) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    private Object typed(String name, String text) {
        if (types.isEmpty()) {
            return text;
        }
        HeaderTypes own = types.part(HeaderTypes.escape(name));
        HeaderType type = own.type() == null ? HeaderType.STRING : own.type();
        try {
            return type.isNested() ? NestedHeaders.read(text, type, own) : type.parse(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw bad(
                    name,
                    text,
                    "the header " + BusHeaders.HEADER_TYPES + " says it is of type " + type.label() + " (" + type.text
                            + "), but: " + e.getMessage() + "; correct one of the two");
        }
    }

    MessageProperties properties(String contentType, String messageId, boolean persistentDefault) {
        String ownId = shortText(Property.MESSAGE_ID);
        String ownType = shortText(Property.CONTENT_TYPE);
        // By position: the compiler does not always do away with a builder, which would cost each message 64 bytes.
        return new MessageProperties(
                ownId != null ? ownId : messageId,
                shortText(Property.CORRELATION_ID),
                shortText(Property.REPLY_TO),
                contentType != null ? contentType : ownType,
                shortText(Property.CONTENT_ENCODING),
                timestamp(),
                priority(),
                expiration(),
                shortText(Property.TYPE),
                shortText(Property.USER_ID),
                shortText(Property.APP_ID),
                persistent(persistentDefault),
                application);
    }

    private String shortText(Property property) {
        String value = properties[property.ordinal()];
        if (value != null && isLong(value)) {
            throw bad(property.header, value, "AMQP allows it at most " + MAX_BYTES + " bytes; shorten it");
        }
        return value;
    }

    private Instant timestamp() {
        String value = properties[Property.TIMESTAMP.ordinal()];
        Instant timestamp;
        try {
            timestamp = value == null ? null : HeaderType.instant(value);
        } catch (DateTimeException e) {
            throw bad(BusHeaders.TIMESTAMP, value, "write an ISO-8601 instant such as 2014-03-01T12:00:00Z");
        } catch (IllegalArgumentException e) {
            throw bad(BusHeaders.TIMESTAMP, value, e.getMessage() + "; use a nearer one");
        }
        if (timestamp != null && !Timestamps.isTime(timestamp)) {
            throw bad(
                    BusHeaders.TIMESTAMP,
                    value,
                    "the time is too far from ours: beyond the years 1 to 9999 its receivers would take it for another;"
                            + " use a nearer one");
        }
        return timestamp;
    }

    private Integer priority() {
        String value = properties[Property.PRIORITY.ordinal()];
        if (value == null) {
            return null;
        }
        if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) > 255) {
            throw bad(BusHeaders.PRIORITY, value, "write a whole number from 0 to 255");
        }
        return Integer.valueOf(value);
    }

    private String expiration() {
        String value = shortText(Property.EXPIRATION);
        if (value != null && !value.matches("[0-9]{1,18}")) {
            throw bad(BusHeaders.EXPIRATION, value, "write milliseconds, a whole number from 0");
        }
        return value;
    }

    private boolean persistent(boolean byDefault) {
        String value = properties[Property.PERSISTENT.ordinal()];
        if (value == null) {
            return byDefault;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw bad(BusHeaders.PERSISTENT, value, "write true or false");
        }
        return value.equals("true");
    }

    private static boolean isLong(String text) {
        return text.length() > MAX_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }

    private static IllegalArgumentException bad(String name, String value, String why) {
        return new IllegalArgumentException(
                "header " + name + " with the value '" + shortened(value, 60) + "': " + shortened(why, 500));
    }

    /** A reason may repeat the value. */
    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    /** The values of a header that came more than once; told apart from a header that is one list. */
    private static final class Several extends ArrayList<Object> {

        private static final long serialVersionUID = 1L;

        Several(Object first, Object second) {
            add(first);
            add(second);
        }
    }
}
