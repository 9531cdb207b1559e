package dev.busbar.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Builds a record by the names of its components. A component that is not set has its default, or its value in the
 * record that is changed.
 */
abstract class RecordBuilder<S extends Record, B> {

    private final Class<S> type;
    private final S like;
    private final Map<String, Object> values = new HashMap<>();

    /** @param like the record to be changed, or {@code null} for a new one */
    RecordBuilder(Class<S> type, S like) {
        this.type = type;
        this.like = like;
    }

    @SuppressWarnings("unchecked") // each builder is its own B
    final B set(String component, Object value) {
        values.put(component, value);
        return (B) this;
    }

    /** @throws InvalidConfigException if a value is not allowed, or not together with another */
    public final S build() {
        return like == null ? RecordSection.make(type, values) : RecordSection.copy(like, values);
    }
}
