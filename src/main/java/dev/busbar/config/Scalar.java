package dev.busbar.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The type of a single value.
 *
 * @param expects what the value must be, as in "must be …"
 * @param example a value that would be right
 * @param parse from a text, number or boolean; {@code null} if it is of the wrong kind
 * @param verify throws if the value is of the right kind, but not allowed
 * @param print to a text, number or boolean
 * @param shown how problems show the value; {@code null} if they must not
 */
record Scalar<T>(
        String describe,
        String expects,
        String example,
        Function<Object, T> parse,
        Consumer<T> verify,
        Function<T, Object> print,
        UnaryOperator<String> shown)
        implements Type<T> {

    static final String MASK = "***";

    @Override
    public Optional<T> read(Value value) {
        Object raw = value.raw();
        if (raw == Variables.UNRESOLVED) {
            return Optional.empty();
        }
        if (raw == null) {
            value.report(
                    null,
                    "has no value",
                    "Give it one or remove the key; a value that begins with # or * must be in quotes");
            return Optional.empty();
        }
        boolean single = !(raw instanceof Map || raw instanceof List);
        String display = single && shown != null ? shown.apply(raw.toString()) : null;
        try {
            T parsed = single ? parse.apply(raw) : null;
            if (parsed == null) {
                value.report(display, "must be " + expects + ", not " + value.kind(), "Write e.g. " + example);
                return Optional.empty();
            }
            check(parsed);
            return Optional.of(parsed);
        } catch (InvalidConfigException refused) {
            refused.problems().forEach(problem -> value.report(display, problem.message(), problem.remedy()));
            return Optional.empty();
        }
    }

    @Override
    public void check(T value) {
        verify.accept(value);
    }

    @Override
    public Object write(T value, boolean reveal) {
        Object text = print.apply(value);
        return reveal || text == null ? text : shown == null ? MASK : text instanceof String s ? shown.apply(s) : text;
    }
}
