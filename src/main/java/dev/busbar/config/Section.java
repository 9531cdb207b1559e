package dev.busbar.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The type of maps with known keys.
 *
 * @param title for the reference page
 * @param intro the sentences below the title
 * @param shorthand the key that a bare text stands for, or empty
 * @param build makes the record; its refusals are reported under the section's path
 */
record Section<S>(String title, String intro, List<Field<S, ?>> fields, String shorthand, Function<Values, S> build)
        implements Type<S> {

    /** A key and the getter of its value in the record. */
    record Field<S, T>(Key<T> key, Function<S, T> getter) {

        private Object write(S section, boolean reveal) {
            T value = getter.apply(section);
            return value == null ? null : key.type().write(value, reveal);
        }
    }

    /** Values by the names of their keys. */
    record Values(Map<String, Object> byName) {

        @SuppressWarnings("unchecked") // put there by the key's own type
        <T> T get(String name) {
            return (T) byName.get(name);
        }
    }

    @Override
    public String describe() {
        return shorthand.isEmpty() ? "section" : "section, or just its `" + shorthand + "`";
    }

    @Override
    public boolean emptyIsAbsent() {
        return true;
    }

    @Override
    public List<Inner> sections() {
        return List.of(new Inner("", this));
    }

    @Override
    public Optional<S> read(Value value) {
        if (!shorthand.isEmpty() && value.raw() instanceof String text) {
            return read(new Value(value.path(), Map.of(shorthand, text), value.reading()));
        }
        if (!(value.raw() instanceof Map<?, ?> map)) {
            if (value.raw() != Variables.UNRESOLVED) {
                value.report(null, "must be a section, not " + value.kind(), "Its keys are " + keys());
            }
            return Optional.empty();
        }
        for (Object name : map.keySet()) {
            reportUnlessKnown(value, name.toString());
        }
        return values(value).flatMap(values -> build(value, values));
    }

    /**
     * Reads the values of all keys; empty if a required one is missing. A value that cannot be read is doubtful for the
     * reading, and has its default, so that it does not hide other problems.
     */
    Optional<Values> values(Value section) {
        boolean complete = true;
        Values values = new Values(new HashMap<>());
        for (Field<S, ?> field : fields) {
            complete &= read(field.key(), section, values);
        }
        return complete ? Optional.of(values) : Optional.empty();
    }

    /** Returns the section with all its defaults; empty if a key is required. */
    Optional<S> defaults() {
        Values values = new Values(new HashMap<>());
        for (Field<S, ?> field : fields) {
            if (field.key().required()) {
                return Optional.empty();
            }
            values.byName().put(field.key().name(), field.key().fallback());
        }
        return Optional.of(build.apply(values));
    }

    private <T> boolean read(Key<T> key, Value section, Values into) {
        boolean absent = !section.has(key.name())
                || key.type().emptyIsAbsent() && section.at(key.name()).raw() == null;
        if (absent) {
            if (key.required()) {
                missing(key, section);
                return false;
            }
            into.byName().put(key.name(), section.reading().fallback(key));
            return true;
        }
        Optional<T> read = key.type().read(section.at(key.name()));
        read.ifPresentOrElse(it -> into.byName().put(key.name(), it), () -> doubt(key, section, into));
        return read.isPresent() || !key.required();
    }

    private static void doubt(Key<?> key, Value section, Values into) {
        section.reading().doubt(Problem.join(section.path(), key.name()));
        into.byName().put(key.name(), section.reading().fallback(key));
    }

    private static void missing(Key<?> key, Value section) {
        String path = Problem.join(section.path(), key.name());
        String remedy = "Add it: " + key.meaning().replace("`", "").replaceAll("\\.$", "");
        section.reading().report(new Problem(path, null, "is missing", remedy));
    }

    private Optional<S> build(Value value, Values values) {
        try {
            return Optional.of(build.apply(values));
        } catch (InvalidConfigException refused) {
            value.report(refused);
            // With defaults in place of the refused values, more problems may be found.
            return doubtRefused(refused, value, values) ? build(value, values) : Optional.empty();
        }
    }

    /** @return whether a refused value has been replaced by its default */
    private boolean doubtRefused(InvalidConfigException refused, Value section, Values values) {
        boolean any = false;
        for (Field<S, ?> field : fields) {
            Key<?> key = field.key();
            String path = Problem.join(section.path(), key.name());
            boolean named = refused.problems().stream()
                    .anyMatch(it -> it.path().equals(key.name()) || it.path().startsWith(key.name() + "."));
            if (named && !key.required() && !section.reading().isDoubtful(path)) {
                doubt(key, section, values);
                any = true;
            }
        }
        return any;
    }

    private void reportUnlessKnown(Value section, String name) {
        List<String> known = names();
        if (known.contains(name)) {
            return;
        }
        Optional<String> meant = Suggestions.near(name, known);
        // The value of the other key is not known, so the key must not be reported as missing.
        meant.filter(near -> !section.has(near))
                .ifPresent(near -> section.reading().doubt(Problem.join(section.path(), near)));
        // The value is not shown: it may be a secret under a mistyped key.
        section.reading()
                .report(new Problem(
                        Problem.join(section.path(), name),
                        null,
                        "is not a known key",
                        meant.map(near -> "Did you mean " + near + "?").orElse("The keys here are " + keys())));
    }

    List<String> names() {
        return fields.stream().map(field -> field.key().name()).toList();
    }

    private String keys() {
        return names().stream().collect(Collectors.joining(", "));
    }

    @Override
    public Map<String, Object> write(S section, boolean reveal) {
        Map<String, Object> json = new LinkedHashMap<>();
        fields.forEach(field -> {
            Object written = field.write(section, reveal);
            if (written != null) {
                json.put(field.key().name(), written);
            }
        });
        return json;
    }
}
