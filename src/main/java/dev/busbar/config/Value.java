package dev.busbar.config;

import java.util.List;
import java.util.Map;

/**
 * A value of the tree that is being read, with its path and the reading to which its problems are reported.
 *
 * @param raw a map, a list, a text, a number, a boolean, {@code null}, or {@link Variables#UNRESOLVED}
 */
record Value(String path, Object raw, Reading reading) {

    Value at(String key) {
        return new Value(Problem.join(path, key), ((Map<?, ?>) raw).get(key), reading);
    }

    Value at(int index) {
        return new Value(path + "[" + index + "]", ((List<?>) raw).get(index), reading);
    }

    boolean has(String key) {
        return raw instanceof Map<?, ?> map && map.containsKey(key);
    }

    /** Returns the same value for a reading whose problems nobody sees. */
    Value quietly() {
        return new Value(path, raw, reading.quietly());
    }

    void report(String shown, String message, String remedy) {
        reading.report(new Problem(path, shown, message, remedy));
    }

    /** Reports what a constructor has refused, unless it is about values that could not be read. */
    void report(InvalidConfigException refusal) {
        refusal.under(path).problems().forEach(reading::reportIfCertain);
    }

    String kind() {
        if (raw instanceof Map) {
            return "a section";
        }
        if (raw instanceof List) {
            return "a list";
        }
        if (raw instanceof String) {
            return "a text";
        }
        if (raw instanceof Number) {
            return "a number";
        }
        return raw instanceof Boolean
                ? "true or false"
                : raw == null ? "nothing" : "a " + raw.getClass().getName();
    }
}
