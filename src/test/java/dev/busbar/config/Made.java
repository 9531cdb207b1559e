package dev.busbar.config;

import java.util.HashMap;
import java.util.Map;

/** Makes a record of the configuration from some of its components, by their names; the others have their defaults. */
final class Made<S> {

    private final Class<S> type;
    private final Map<String, Object> values = new HashMap<>();

    private Made(Class<S> type) {
        this.type = type;
    }

    static <S> Made<S> a(Class<S> type) {
        return new Made<>(type);
    }

    Made<S> with(String component, Object value) {
        values.put(component, value);
        return this;
    }

    S get() {
        return RecordSection.make(type, values);
    }
}
