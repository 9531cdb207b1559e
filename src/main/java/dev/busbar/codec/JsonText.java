package dev.busbar.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One JSON value as somebody has written it. {@link PayloadCodec} writes it without change, so that numbers keep their
 * digits, which a Java object would not keep all of.
 */
public final class JsonText {

    public static final JsonText EMPTY_ARRAY = new JsonText("[]", null);
    public static final JsonText EMPTY_OBJECT = new JsonText("{}", null);

    /** What is nested more deeply than this is not even looked through. */
    private static final int MAX_DEPTH_SKIPPED = 100_000;

    /**
     * Python writes numbers that JSON has not; where one ends is as certain as of any other, and so is the end of what
     * is nested too deeply.
     */
    private static final JsonFactory LENIENT = ((JsonFactoryBuilder) JsonReader.FACTORY.rebuild())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(JsonReader.FACTORY
                    .streamReadConstraints()
                    .rebuild()
                    .maxNestingDepth(MAX_DEPTH_SKIPPED)
                    .build())
            .build();

    private static final String TOO_DEEP = "it is nested more than " + JsonReader.MAX_DEPTH + " levels deep, the depth"
            + " of the message around it included";

    private static final JsonReader READER = new JsonReader(false);

    private final String text;
    private final String problem;

    private JsonText(String text, String problem) {
        this.text = text;
        this.problem = problem;
    }

    /**
     * The elements of an array, as far as it can be read.
     *
     * @param problem what is wrong with the rest, in words for a person; {@code null} if nothing is
     */
    public record Elements(List<JsonText> elements, String problem) {}

    /**
     * Reads one value, with the bounds of bodies.
     *
     * @throws UnreadablePayloadException if it is not one value and nothing else, or is nested too deeply
     */
    public static JsonText of(String json) {
        var text = json.strip();
        try (var parser = LENIENT.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new UnreadablePayloadException("it is empty");
            }
            var value = value(parser, text);
            var problem = rest(parser);
            if (problem != null || TOO_DEEP.equals(value.problem)) {
                throw new UnreadablePayloadException(problem != null ? problem : TOO_DEEP);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new UnreadablePayloadException("it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes an array apart. Never throws. */
    public static Elements elements(String array) {
        var elements = new ArrayList<JsonText>();
        try (var parser = LENIENT.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return new Elements(List.of(), "it is no JSON array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser, array));
            }
            return new Elements(elements, rest(parser));
        } catch (JsonProcessingException e) {
            return new Elements(elements, "it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes an object apart.
     *
     * @return its members, the last of those with the same name
     * @throws UnreadablePayloadException if it is no JSON object
     */
    public static Map<String, JsonText> members(String object) {
        var members = new LinkedHashMap<String, JsonText>();
        try (var parser = LENIENT.createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadablePayloadException("it is no JSON object");
            }
            for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                members.put(name, value(parser, object));
            }
            var problem = rest(parser);
            if (problem != null) {
                throw new UnreadablePayloadException(problem);
            }
            return members;
        } catch (JsonProcessingException e) {
            throw new UnreadablePayloadException("it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String rest(JsonParser parser) throws IOException {
        return parser.nextToken() == null ? null : "more follows after its end";
    }

    /** The value that begins with the present token, which becomes its last. */
    private static JsonText value(JsonParser parser, String whole) throws IOException {
        var start = parser.currentTokenLocation().getCharOffset();
        String problem = null;
        var begins = parser.currentToken() != null && parser.currentToken().isStructStart() ? 1 : 0;
        var outer = parser.getParsingContext().getNestingDepth() - begins;
        var depth = 0;
        for (var token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token == null) {
                // The parser itself says so, except at the very end.
                throw new UnreadablePayloadException("it ends too early");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (outer + depth > JsonReader.MAX_DEPTH) {
                problem = TOO_DEEP;
            } else if (token.isNumeric() && problem == null) {
                problem = JsonReader.problem(parser);
            }
            if (depth == 0) {
                parser.finishToken();
                return new JsonText(
                        whole.substring(
                                (int) start, (int) parser.currentLocation().getCharOffset()),
                        problem);
            }
        }
    }

    /** Whether it is an array or object without anything in it. */
    public boolean isEmpty() {
        return (text.charAt(0) == '[' || text.charAt(0) == '{')
                && text.substring(1, text.length() - 1).isBlank();
    }

    /** What makes it no JSON, or none that can be read again: in words for a person; {@code null} if nothing does. */
    public String problem() {
        return problem;
    }

    /**
     * The value, as {@link PayloadCodec#decode} gives it but for kombu's types.
     *
     * @throws UnreadablePayloadException if there is a {@link #problem()}
     */
    public Object value() {
        if (problem != null) {
            throw new UnreadablePayloadException(problem);
        }
        try {
            return PayloadReader.forBus(READER.read(text));
        } catch (JsonProcessingException e) {
            throw new UnreadablePayloadException("it is not JSON: " + e.getOriginalMessage());
        }
    }

    /** @throws IllegalArgumentException if there is a {@link #problem()} */
    String writable() {
        if (problem != null) {
            throw new IllegalArgumentException("the body cannot be written as JSON: " + problem);
        }
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonText json && json.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text, as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
