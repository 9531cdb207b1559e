package dev.busbar.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces environment variables in the texts of a tree: {@code ${NAME}}; {@code ${NAME:-default}} has a default for a
 * variable that is unset or empty; {@code $${} is a plain {@code ${}.
 */
final class Variables {

    /** Stands for a text whose variables are not set, which has been reported. */
    static final Object UNRESOLVED = new Object();

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final UnaryOperator<String> lookup;
    private final Reading reading;

    Variables(UnaryOperator<String> lookup, Reading reading) {
        this.lookup = lookup;
        this.reading = reading;
    }

    /** Returns the map that {@link #resolve} turns into this one. */
    static Map<String, Object> escapeAll(Map<?, ?> map) {
        Map<String, Object> escaped = new LinkedHashMap<>();
        map.forEach((key, value) -> escaped.put(key.toString(), escape(value)));
        return escaped;
    }

    private static Object escape(Object raw) {
        if (raw instanceof Map<?, ?> map) {
            return escapeAll(map);
        }
        if (raw instanceof List<?> list) {
            return list.stream().map(Variables::escape).collect(Collectors.toCollection(ArrayList::new));
        }
        return raw instanceof String text ? text.replace("${", "$${") : raw;
    }

    Object resolve(String path, Object raw) {
        if (raw instanceof Map<?, ?> map) {
            Map<String, Object> resolved = new LinkedHashMap<>();
            map.forEach((key, it) -> resolved.put(key.toString(), resolve(Problem.join(path, key.toString()), it)));
            return resolved;
        }
        if (raw instanceof List<?> list) {
            List<Object> resolved = new ArrayList<>();
            list.forEach(it -> resolved.add(resolve(path + "[" + resolved.size() + "]", it)));
            return resolved;
        }
        if (!(raw instanceof String text)) {
            return raw;
        }
        List<Problem> missing = new ArrayList<>();
        String resolved = expand(text, path, missing);
        missing.forEach(reading::report);
        return missing.isEmpty() ? resolved : UNRESOLVED;
    }

    private String expand(String text, String path, List<Problem> problems) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$${", at)) {
                out.append("${");
                at += 3;
            } else if (text.startsWith("${", at)) {
                int end = closing(text, at + 2);
                if (end < 0) {
                    problems.add(new Problem(
                            path,
                            null,
                            "has a ${ that is never closed",
                            "Close it with }, or write $${ for a plain ${"));
                    return "";
                }
                out.append(variable(text.substring(at + 2, end), path, problems));
                at = end + 1;
            } else {
                out.append(text.charAt(at++));
            }
        }
        return out.toString();
    }

    /** Finds the brace that closes the one before {@code from}; braces inside a default come in pairs. */
    private static int closing(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            open += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return -1;
    }

    private String variable(String inner, String path, List<Problem> problems) {
        int split = inner.indexOf(":-");
        String name = split < 0 ? inner : inner.substring(0, split);
        if (!NAME.matcher(name).matches()) {
            problems.add(new Problem(
                    path,
                    null,
                    "has ${" + name + "}, which is not the name of an environment variable",
                    "Use letters, digits and _, or write $${ for a plain ${"));
            return "";
        }
        String found = lookup.apply(name);
        if (found != null && (split < 0 || !found.isEmpty())) {
            return found;
        }
        if (split >= 0) {
            return expand(inner.substring(split + 2), path, problems);
        }
        problems.add(new Problem(
                path,
                null,
                "needs the environment variable " + name + ", which is not set",
                "Set " + name + ", or give a default: ${" + name + ":-…}"));
        return "";
    }
}
