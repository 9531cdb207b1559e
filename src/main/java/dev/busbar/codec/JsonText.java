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
 * Holds one JSON value as the text that its author has written. {@link PayloadCodec} writes it unchanged, so that
 * numbers keep all their digits, which a Java object might lose. Immutable.
 */
public final class JsonText {

    public static final JsonText EMPTY_ARRAY = new JsonText("[]", null);
    public static final JsonText EMPTY_OBJECT = new JsonText("{}", null);

    /** The parser gives up beyond this depth. It has to parse values that are nested too deeply to find their ends. */
    private static final int MAX_PARSED_DEPTH = 100_000;

    /**
     * Finds the end of values that are not valid JSON: numbers such as NaN, which Python writes, and values that are
     * nested too deeply.
     */
    private static final JsonFactory LENIENT = ((JsonFactoryBuilder) JsonReader.FACTORY.rebuild())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(JsonReader.FACTORY
                    .streamReadConstraints()
                    .rebuild()
                    .maxNestingDepth(MAX_PARSED_DEPTH)
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
     * The elements of an array, up to the first syntax error.
     *
     * @param problem the syntax error after the elements, in words for a person; {@code null} for none
     */
    public record Elements(List<JsonText> elements, String problem) {}

    /**
     * Reads one value. The bounds are those of bodies. A number that is not valid JSON becomes a {@link #problem()}.
     *
     * @throws UnreadablePayloadException if the text is not exactly one value, or is nested too deeply
     */
    public static JsonText of(String json) {
        var text = json.strip();
        try (var parser = LENIENT.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new UnreadablePayloadException("it is empty");
            }
            var value = value(parser, text);
            var problem = endProblem(parser);
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

    /** Returns the elements of an array. Never throws; a syntax error is in the result. */
    public static Elements elements(String array) {
        var elements = new ArrayList<JsonText>();
        try (var parser = LENIENT.createParser(array)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return new Elements(List.of(), "it is no JSON array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser, array));
            }
            return new Elements(elements, endProblem(parser));
        } catch (JsonProcessingException e) {
            return new Elements(elements, "it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the members of an object, in order; of several with the same name, the last.
     *
     * @throws UnreadablePayloadException if the text is not a JSON object
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
            var problem = endProblem(parser);
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

    private static String endProblem(JsonParser parser) throws IOException {
        return parser.nextToken() == null ? null : "more follows after its end";
    }

    /** Returns the value that begins with the current token, and advances the parser to its last token. */
    private static JsonText value(JsonParser parser, String whole) throws IOException {
        var start = parser.currentTokenLocation().getCharOffset();
        String problem = null;
        var begins = parser.currentToken() != null && parser.currentToken().isStructStart() ? 1 : 0;
        var outer = parser.getParsingContext().getNestingDepth() - begins;
        var depth = 0;
        for (var token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token == null) {
                // The parser reports a missing end itself, except at the very end of the text.
                throw new UnreadablePayloadException("it ends too early");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (outer + depth > JsonReader.MAX_DEPTH) {
                problem = TOO_DEEP;
            } else if (token.isNumeric() && problem == null) {
                problem = JsonReader.numberProblem(parser);
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

    /** Returns whether this is an array or object without elements. */
    public boolean isEmpty() {
        return (text.charAt(0) == '[' || text.charAt(0) == '{')
                && text.substring(1, text.length() - 1).isBlank();
    }

    /**
     * Returns why the value is not valid JSON, or could not be read again, for a person; {@code null} if it is valid.
     */
    public String problem() {
        return problem;
    }

    /**
     * Returns the value as {@link PayloadCodec#decode} does, but without converting kombu's types.
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

    /**
     * Returns the text.
     *
     * @throws IllegalArgumentException if there is a {@link #problem()}
     */
    String validText() {
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

    /** Returns the text as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
