package dev.busbar.broker.amqp10;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Evaluates a JMS selector (Jakarta Messaging 3.1, section 3.8), as far as it compares texts. If the selector has
 * anything else, or asks for a property that is not known, the result is unknown.
 */
final class Selector {

    private interface Condition {
        /** Returns whether the condition is true; {@code null} if that is unknown. */
        Boolean of(UnaryOperator<String> properties);
    }

    private interface Operand {
        String of(UnaryOperator<String> properties);
    }

    private static final Pattern TOKEN = Pattern.compile("\\G\\s*('[^']*+(?:''[^']*+)*+'|[\\w$]+|<>|[=(),])");
    /** More than anybody writes: each token may lead a step deeper, here and with each message. */
    private static final int MAX_TOKENS = 1_000;

    private static final Set<String> RESERVED_WORDS =
            Set.of("AND", "OR", "NOT", "LIKE", "ESCAPE", "IN", "IS", "NULL", "BETWEEN", "TRUE", "FALSE");

    private static final Condition UNKNOWN = properties -> null;

    private final List<String> tokens = new ArrayList<>();
    private final Condition condition;
    private int next;

    /** @param text the selector; empty if it takes everything */
    Selector(String text) {
        this.condition = text.isBlank() ? properties -> true : parse(text.strip());
    }

    /**
     * Returns whether the selector takes a message; {@code null} if that is unknown.
     *
     * @param properties gives the value of a property of the message, {@code null} if it is not known
     */
    Boolean takes(UnaryOperator<String> properties) {
        return condition.of(properties);
    }

    private Condition parse(String text) {
        var matcher = TOKEN.matcher(text);
        var end = 0;
        while (matcher.find() && tokens.size() < MAX_TOKENS) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        try {
            var parsed = disjunction();
            return end == text.length() && next == tokens.size() ? parsed : UNKNOWN;
        } catch (UnsupportedOperationException e) {
            return UNKNOWN;
        }
    }

    private Condition disjunction() {
        var first = conjunction();
        if (!skip("OR")) {
            return first;
        }
        var others = disjunction();
        return properties -> or(first.of(properties), others.of(properties));
    }

    private Condition conjunction() {
        var first = negation();
        if (!skip("AND")) {
            return first;
        }
        var others = conjunction();
        return properties -> not(or(not(first.of(properties)), not(others.of(properties))));
    }

    private Condition negation() {
        if (skip("NOT")) {
            return not(negation());
        }
        if (!skip("(")) {
            return comparison();
        }
        var inner = disjunction();
        expect(")");
        return inner;
    }

    private Condition comparison() {
        var left = operand();
        if (skip("=")) {
            return equal(left, operand());
        } else if (skip("<>")) {
            return not(equal(left, operand()));
        }
        var negated = skip("NOT");
        Condition condition;
        if (skip("LIKE")) {
            condition = like(left);
        } else {
            expect("IN");
            condition = in(left);
        }
        return negated ? not(condition) : condition;
    }

    private static Condition equal(Operand left, Operand right) {
        return properties -> {
            var one = left.of(properties);
            var other = right.of(properties);
            return one == null || other == null ? null : (Boolean) one.equals(other);
        };
    }

    private Condition in(Operand left) {
        expect("(");
        var condition = equal(left, text(token()));
        while (skip(",")) {
            var before = condition;
            var another = equal(left, text(token()));
            condition = properties -> or(before.of(properties), another.of(properties));
        }
        expect(")");
        return condition;
    }

    private Condition like(Operand left) {
        var pattern = text(token()).of(null);
        var escape = skip("ESCAPE") ? text(token()).of(null) : "";
        var like = new LikePattern(pattern, escape);
        return properties -> {
            var value = left.of(properties);
            return value == null ? null : (Boolean) like.matches(value);
        };
    }

    private Operand operand() {
        var token = token();
        if (token.startsWith("'")) {
            return text(token);
        }
        var isName = !Character.isDigit(token.charAt(0)) && !RESERVED_WORDS.contains(token.toUpperCase(Locale.ROOT));
        if (!isName || !Character.isJavaIdentifierStart(token.charAt(0))) {
            throw new UnsupportedOperationException(token);
        }
        return properties -> properties.apply(token);
    }

    private static Operand text(String token) {
        if (!token.startsWith("'")) {
            throw new UnsupportedOperationException(token);
        }
        var text = token.substring(1, token.length() - 1).replace("''", "'");
        return properties -> text;
    }

    private String token() {
        if (next == tokens.size()) {
            throw new UnsupportedOperationException("ends early");
        }
        return tokens.get(next++);
    }

    /** Passes over the next token if it is this word, and returns whether it is. */
    private boolean skip(String word) {
        var there = next < tokens.size() && tokens.get(next).equalsIgnoreCase(word);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String word) {
        if (!skip(word)) {
            throw new UnsupportedOperationException(word);
        }
    }

    private static Condition not(Condition condition) {
        return properties -> not(condition.of(properties));
    }

    private static Boolean not(Boolean value) {
        return value == null ? null : (Boolean) !value;
    }

    private static Boolean or(Boolean left, Boolean right) {
        if (Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)) {
            return true;
        }
        return left == null || right == null ? null : (Boolean) false;
    }
}
