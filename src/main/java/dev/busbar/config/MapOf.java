package dev.busbar.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The type of maps from names of the user's choice to values of one type, in the order of the file.
 *
 * @param name the type of the names
 * @param shown the text in place of a name on the reference page
 */
record MapOf<T>(Type<String> name, String shown, Type<T> item) implements Type<Map<String, T>> {

    @Override
    public String describe() {
        return "map of " + name.describe() + " to " + item.describe();
    }

    @Override
    public boolean emptyIsAbsent() {
        return true;
    }

    @Override
    public List<Inner> sections() {
        return item.sections().stream()
                .map(inner -> new Inner("." + shown + inner.suffix(), inner.section()))
                .toList();
    }

    @Override
    public Optional<Map<String, T>> read(Value value) {
        if (!(value.raw() instanceof Map<?, ?> map)) {
            if (value.raw() != Variables.UNRESOLVED) {
                value.report(null, "must be a map, not " + value.kind(), "Write e.g. {" + shown + ": …}");
            }
            return Optional.empty();
        }
        Map<String, T> items = new LinkedHashMap<>();
        List<Object> unread = new ArrayList<>();
        for (Object key : map.keySet()) {
            Value at = value.at(key.toString());
            Optional<String> named = name.read(new Value(at.path(), key.toString(), value.reading()));
            Optional<T> read = item.read(at);
            if (named.isPresent() && read.isPresent()) {
                items.put(named.get(), read.get());
            } else {
                unread.add(key);
            }
        }
        return unread.isEmpty() ? Optional.of(items) : Optional.empty();
    }

    @Override
    public void check(Map<String, T> items) {
        items.forEach((key, value) -> {
            try {
                name.check(key);
                item.check(value);
            } catch (InvalidConfigException refused) {
                throw refused.under(key);
            }
        });
    }

    @Override
    public Object write(Map<String, T> items, boolean reveal) {
        Map<String, Object> json = new LinkedHashMap<>();
        items.forEach((key, value) -> json.put(key, item.write(value, reveal)));
        return json;
    }
}
