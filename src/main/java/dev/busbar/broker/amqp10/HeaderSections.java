package dev.busbar.broker.amqp10;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;

/**
 * Maps application headers to sections of AMQP 1.0 and back. Application properties hold all headers but maps and
 * lists. Maps and lists may stand in the message annotations, under names that begin with {@code x-}, as RabbitMQ 4 has
 * them there.
 */
final class HeaderSections {

    private static final Symbol TYPE = Symbol.valueOf("x-basic-type");
    private static final String HEADER_PREFIX = "x-";

    private HeaderSections() {}

    /**
     * Headers of a received message.
     *
     * @param values the values by the headers' own names, of the types listed with {@link dev.busbar.codec}
     * @param problem which header could not be read and why, or {@code null}
     */
    record Headers(Map<String, Object> values, String problem) {}

    /** Returns the application properties for these headers; {@code null} if there are none. */
    static ApplicationProperties applicationProperties(Map<String, Object> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        Map<String, Object> converted = null;
        for (var header : headers.entrySet()) {
            var value = header.getValue();
            if (!HeaderValues.isSame(value)) {
                converted = converted == null ? new LinkedHashMap<>(headers) : converted;
                if (HeaderValues.isNested(value)) {
                    converted.remove(header.getKey());
                } else {
                    converted.put(header.getKey(), HeaderValues.toAmqp(header.getKey(), value));
                }
            }
        }
        var section = converted == null ? headers : converted;
        return section.isEmpty() ? null : new ApplicationProperties(section);
    }

    /** Returns the message annotations for a type and these headers; {@code null} if there are none. */
    static MessageAnnotations annotations(String type, Map<String, Object> headers) {
        Map<Symbol, Object> annotations = null;
        for (var header : headers.entrySet()) {
            if (HeaderValues.isNested(header.getValue())) {
                annotations = annotations == null ? new HashMap<>() : annotations;
                annotations.put(
                        annotation(header.getKey(), header.getValue()),
                        HeaderValues.toAmqp(header.getKey(), header.getValue()));
            }
        }
        if (type != null) {
            annotations = annotations == null ? new HashMap<>() : annotations;
            annotations.put(TYPE, type);
        }
        return annotations == null ? null : new MessageAnnotations(annotations);
    }

    private static Symbol annotation(String name, Object value) {
        if (!isHeader(name) || !name.chars().allMatch(c -> c < 0x80)) {
            throw new IllegalArgumentException("header '" + name + "': AMQP 1.0 has no application property that is a "
                    + (value instanceof Map ? "map" : "list")
                    + "; send it as a string of JSON, or under a name that begins with x-");
        }
        return Symbol.valueOf(name);
    }

    static Headers headers(ApplicationProperties properties, MessageAnnotations annotations) {
        if (isEmpty(annotations)) {
            if (properties == null || properties.getValue() == null) {
                return new Headers(Map.of(), null);
            }
            if (properties.getValue().values().stream().allMatch(HeaderValues::isSame)) {
                return new Headers(properties.getValue(), null);
            }
        }
        var values = new LinkedHashMap<String, Object>();
        String problem = null;
        if (!isEmpty(annotations)) {
            for (var annotation : annotations.getValue().entrySet()) {
                var name = annotation.getKey().toString();
                if (isHeader(name)) {
                    problem = add(values, "message annotation", name, annotation.getValue(), problem);
                }
            }
        }
        if (properties != null && properties.getValue() != null) {
            for (var property : properties.getValue().entrySet()) {
                problem = add(values, "application property", property.getKey(), property.getValue(), problem);
            }
        }
        return new Headers(values, problem);
    }

    private static String add(Map<String, Object> values, String where, String name, Object value, String problem) {
        try {
            values.put(name, HeaderValues.fromAmqp(value));
            return problem;
        } catch (IllegalArgumentException e) {
            return problem != null ? problem : "the " + where + " '" + name + "' " + e.getMessage();
        }
    }

    static String type(MessageAnnotations annotations) {
        return isEmpty(annotations) ? null : Ids.text(annotations.getValue().get(TYPE));
    }

    private static boolean isEmpty(MessageAnnotations annotations) {
        return annotations == null
                || annotations.getValue() == null
                || annotations.getValue().isEmpty();
    }

    /** Whether an annotation is an application header, and none by which brokers and clients talk to each other. */
    private static boolean isHeader(String annotation) {
        return annotation.startsWith(HEADER_PREFIX)
                && !annotation.startsWith("x-opt-")
                && !annotation.startsWith("x-basic-")
                && !annotation.equals("x-routing-key")
                && !annotation.equals("x-exchange")
                && !annotation.equals("x-cc");
    }
}
