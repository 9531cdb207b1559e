package dev.busbar.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes maps and lists in application headers as JSON, and reads them back. Notes the types that JSON cannot express
 * among the {@link HeaderTypes}.
 */
final class NestedHeaders {

    private static final JsonReader READER = new JsonReader(false);

    private NestedHeaders() {}

    /**
     * Writes a map or list as JSON.
     *
     * @param path the escaped name of the header
     * @param types the noted types so far, or {@code null}
     * @return all noted types, to be used instead of {@code types}
     */
    static StringBuilder write(Object value, String path, StringBuilder types, StringWriter json) {
        try (JsonGenerator out = JsonReader.FACTORY.createGenerator(json)) {
            return write(out, value, new StringBuilder(path), types);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("header '" + path + "' cannot be carried: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path extended during the call, and unchanged when it returns */
    private static StringBuilder write(JsonGenerator out, Object value, StringBuilder path, StringBuilder types)
            throws IOException {
        HeaderType type = BusHeaders.typeOf(path, value);
        StringBuilder allTypes = types;
        int pathLength = path.length();
        switch (type) {
            case MAP -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    String name = String.valueOf(entry.getKey());
                    out.writeFieldName(name);
                    path.append('/').append(HeaderTypes.escape(name));
                    allTypes = write(out, entry.getValue(), path, allTypes);
                    path.setLength(pathLength);
                }
                out.writeEndObject();
            }
            case LIST -> {
                out.writeStartArray();
                int index = 0;
                for (Object element : (List<?>) value) {
                    path.append('/').append(index++);
                    allTypes = write(out, element, path, allTypes);
                    path.setLength(pathLength);
                }
                out.writeEndArray();
            }
            case NULL -> out.writeNull();
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case BYTE, SHORT, INT, LONG -> out.writeNumber(((Number) value).longValue());
            case DOUBLE -> {
                if (type.isPlainJson(value)) {
                    out.writeNumber((Double) value);
                } else {
                    out.writeString(value.toString());
                }
            }
            default -> out.writeString(HeaderType.format(value));
        }
        return type.isPlainJson(value) ? allTypes : HeaderTypes.add(allTypes, path, type);
    }

    /**
     * Reads a map or list.
     *
     * @param types the noted types of the values in it
     * @throws IllegalArgumentException if the text is not JSON of that type
     */
    static Object read(String json, HeaderType type, HeaderTypes types) {
        Object value;
        try {
            value = READER.read(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage());
        }
        if (!type.javaType.isInstance(value)) {
            throw new IllegalArgumentException("not a JSON " + (type == HeaderType.MAP ? "object" : "array"));
        }
        return restore(value, types);
    }

    private static Object restore(Object value, HeaderTypes types) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> restored = new LinkedHashMap<>();
            map.forEach((name, inner) -> restored.put(
                    (String) name,
                    restore(inner, types.isEmpty() ? types : types.part(HeaderTypes.escape((String) name)))));
            return restored;
        }
        if (value instanceof List<?> list) {
            List<Object> restored = new ArrayList<>(list.size());
            for (Object inner : list) {
                restored.add(restore(inner, types.isEmpty() ? types : types.part(Integer.toString(restored.size()))));
            }
            return restored;
        }
        HeaderType type = types.type();
        if (type != null && !type.isNested()) {
            return type.parse(String.valueOf(value));
        }
        if (value instanceof BigInteger) {
            throw new IllegalArgumentException("the number " + value + " is beyond a long; write it as a string and"
                    + " name its type, decimal, in " + BusHeaders.HEADER_TYPES);
        }
        return value instanceof Integer integer ? (Object) integer.longValue() : value;
    }
}
