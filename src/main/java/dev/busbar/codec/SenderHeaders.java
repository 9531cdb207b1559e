package dev.busbar.codec;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the headers of one event bus message that is to be published. */
final class SenderHeaders {

    private static final int MAX_TEXT_BYTES = 255;
    private static final long MAX_EXPIRATION = 0xFFFF_FFFFL;
    private static final String LONE_SURROGATE = "\\p{Cs}";

    private final String[] properties = new String[Property.ALL.length];
    private final HeaderTypes types;
    private final Map<String, Object> application = new LinkedHashMap<>();
    /** Whether these are the headers of a message from the broker, sent again. */
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
            // The broker has acted on them when the message was first published.
            application.keySet().removeIf(RoutingHeaders::isRoutingHeader);
        }
    }

    private void reserved(String name, String value) {
        requireWholeCharacters(name, value, value);
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
        boolean escaped = name.regionMatches(true, 0, BusHeaders.ESCAPE_PREFIX, 0, BusHeaders.ESCAPE_PREFIX.length());
        String own = escaped ? name.substring(BusHeaders.ESCAPE_PREFIX.length()) : name;
        if (!escaped || !BusHeaders.isReserved(own)) {
            throw bad(
                    name,
                    value,
                    "there is no such property; names that begin with amqp- are reserved, send an"
                            + " application header of that name as " + BusHeaders.ESCAPE_PREFIX + name);
        }
        application(own, value);
    }

    private void application(String name, String text) {
        if (name.isEmpty() || isTooLong(name)) {
            if (received) {
                return;
            }
            throw bad(name, text, "names of headers have 1 to " + MAX_TEXT_BYTES + " bytes; use another name");
        }
        requireWholeCharacters(name, text, name);
        Object value = parse(name, text);
        requireWholeCharacters(name, text, value);
        if (!application.containsKey(name)) {
            application.put(name, value);
        } else if (application.get(name) instanceof RepeatedValues values) {
            values.add(value);
        } else {
            application.put(name, new RepeatedValues(application.get(name), value));
        }
    }

    /** Refuses lone surrogates. Brokers end the session or connection over them, or replace them. */
    static void requireWholeCharacters(String name, String text, Object value) {
        if (value instanceof String part) {
            if (!hasWholeCharacters(part)) {
                throw bad(
                        name.replaceAll(LONE_SURROGATE, "?"),
                        text.replaceAll(LONE_SURROGATE, "?"),
                        "it has half of a character, a surrogate without its other half; leave that out");
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                requireWholeCharacters(name, text, key);
                requireWholeCharacters(name, text, inner);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> requireWholeCharacters(name, text, inner));
        }
    }

    private static boolean hasWholeCharacters(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                if (!Character.isSupplementaryCodePoint(text.codePointAt(at))) {
                    return false;
                }
                at++;
            }
        }
        return true;
    }

    private Object parse(String name, String text) {
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

    /** As {@link BusHeaders#fromBus}. */
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
        if (value != null && isTooLong(value)) {
            throw bad(property.header, value, "AMQP allows it at most " + MAX_TEXT_BYTES + " bytes; shorten it");
        }
        return value;
    }

    private Instant timestamp() {
        String value = properties[Property.TIMESTAMP.ordinal()];
        Instant timestamp;
        try {
            timestamp = value == null ? null : HeaderType.parseInstant(value);
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
        // RabbitMQ closes the channel over more, and AMQP 1.0 has no room for it. Broker-J delivers more over 0-9-1.
        if (value != null && !received && Long.parseLong(value) > MAX_EXPIRATION) {
            throw bad(BusHeaders.EXPIRATION, value, "write at most " + MAX_EXPIRATION + " milliseconds");
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

    private static boolean isTooLong(String text) {
        return text.length() > MAX_TEXT_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES;
    }

    private static IllegalArgumentException bad(String name, String value, String why) {
        return new IllegalArgumentException(
                "header " + name + " with the value '" + shortened(value, 60) + "': " + shortened(why, 500));
    }

    /** Shortens also the reason, which may repeat the value. */
    private static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    /** Holds the values of a header that was set more than once, as opposed to a header whose one value is a list. */
    private static final class RepeatedValues extends ArrayList<Object> {

        private static final long serialVersionUID = 1L;

        RepeatedValues(Object first, Object second) {
            add(first);
            add(second);
        }
    }
}
