package dev.busbar.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads YAML, and JSON as a part of it, into maps, lists and scalars, keeping the line of each. Reports what Jackson
 * accepts in silence: keys that appear twice; aliases, which Jackson reads as texts ({@code *x} as {@code "x"}); and
 * tags that are unknown or do not fit, which Jackson ignores.
 */
final class YamlTree {

    /** Reads JSON files, some of which are indented with tabs, which YAML forbids. */
    private static final JsonFactory JSON = new JsonFactory();

    private static final JsonFactory YAML = YAMLFactory.builder()
            // Otherwise a host called "no" would be false.
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();

    private static final String YAML_TAG = "tag:yaml.org,2002:";

    /**
     * The tags of YAML itself whose kinds of values a configuration can have, and the empty one, which leaves the kind
     * open.
     */
    private static final Pattern KNOWN_TAGS =
            Pattern.compile("|" + Pattern.quote(YAML_TAG) + "(str|int|float|bool|null|map|seq)");

    private final Map<String, Integer> lines = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private Object root;

    private YamlTree() {}

    static YamlTree parse(String text, String source) {
        YamlTree tree = new YamlTree();
        try (JsonParser parser = (source.endsWith(".json") ? JSON : YAML).createParser(text)) {
            tree.read(parser);
        } catch (JsonProcessingException broken) {
            tree.problems.add(SyntaxProblem.of(broken));
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory cannot be read", impossible);
        }
        return tree;
    }

    /** Returns the whole tree; {@code null} if the text is empty or is not valid YAML. */
    Object root() {
        return root;
    }

    /** Returns the line of each path, such as {@code routes[0].from}. */
    Map<String, Integer> lines() {
        return lines;
    }

    List<Problem> problems() {
        return problems;
    }

    private void read(JsonParser parser) throws IOException {
        Object first = parser.nextToken() == null ? null : value(parser, "");
        if (parser.nextToken() != null) {
            problems.add(new Problem(
                    "",
                    null,
                    "There is a second document in the file",
                    "Keep one, without a line of three dashes in between",
                    line(parser)));
        }
        root = first;
    }

    private Object value(JsonParser parser, String path) throws IOException {
        lines.putIfAbsent(path, line(parser));
        checkTag(parser, path);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return map(parser, path);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser, path + "[" + list.size() + "]"));
            }
            return list;
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.add(new Problem(
                    path,
                    "*" + parser.getText(),
                    "is a YAML alias, which is not supported",
                    "Put it in quotes if it is a text: \"*" + parser.getText() + "\"",
                    line(parser)));
            return Variables.UNRESOLVED;
        }
        return scalar(parser, token);
    }

    private void checkTag(JsonParser parser, String path) throws IOException {
        Object tag = parser instanceof YAMLParser ? parser.getTypeId() : null;
        if (tag != null && !KNOWN_TAGS.matcher(tag.toString()).matches()) {
            problems.add(new Problem(
                    path,
                    null,
                    "has the YAML tag !" + tag + ", which is not known",
                    "Remove it, or put the value in quotes, the exclamation mark included, if it is a text",
                    line(parser)));
        } else if (tag != null && !tagFits(tag.toString(), parser)) {
            problems.add(new Problem(
                    path,
                    null,
                    "has the YAML tag !!" + tag.toString().substring(YAML_TAG.length())
                            + ", but its value is of another kind",
                    "Remove the tag, or write a value of that kind",
                    line(parser)));
        }
    }

    /** Returns whether the value is of the kind that its tag names: Jackson ignores a tag that does not fit. */
    private static boolean tagFits(String tag, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (tag.isEmpty() ? "" : tag.substring(YAML_TAG.length())) {
            case "int" -> token == JsonToken.VALUE_NUMBER_INT;
            case "float" -> token.isNumeric();
            case "bool" -> token.isBoolean();
            case "null" -> token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_STRING && isAbsent(parser);
            case "map" -> token == JsonToken.START_OBJECT;
            case "seq" -> token == JsonToken.START_ARRAY;
            case "str" -> token == JsonToken.VALUE_STRING;
            default -> true;
        };
    }

    private Map<String, Object> map(JsonParser parser, String path) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String keyPath = Problem.join(path, key);
            int line = line(parser);
            if (map.containsKey(key)) {
                problems.add(new Problem(
                        keyPath,
                        null,
                        "appears twice, first on line " + lines.get(keyPath),
                        "Keep one of the two",
                        line));
            }
            lines.putIfAbsent(keyPath, line);
            parser.nextToken();
            map.putIfAbsent(key, value(parser, keyPath));
        }
        return map;
    }

    private static Object scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> isAbsent(parser) ? null : parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_EMBEDDED_OBJECT -> parser.getText();
            default -> null;
        };
    }

    /** Reads a number, with YAML's {@code .nan}, {@code .inf} and {@code -.inf}. */
    private static Number number(JsonParser parser) throws IOException {
        try {
            return parser.getNumberValue();
        } catch (JsonProcessingException notFinite) {
            String text = parser.getText();
            return text.startsWith("-")
                    ? Double.NEGATIVE_INFINITY
                    : text.equalsIgnoreCase(".nan") ? Double.NaN : Double.POSITIVE_INFINITY;
        }
    }

    /** Returns whether nothing is written where a value belongs. An empty text in quotes has a width. */
    private static boolean isAbsent(JsonParser parser) {
        return parser instanceof YAMLParser
                && parser.currentTokenLocation().getCharOffset()
                        == parser.currentLocation().getCharOffset();
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
