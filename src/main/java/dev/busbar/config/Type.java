package dev.busbar.config;

import java.util.List;
import java.util.Optional;

/** How one kind of value is read, checked, written and described. */
interface Type<T> {

    /** For the reference page, e.g. {@code duration, 1ms to 1h}; in Markdown. */
    String describe();

    /** Empty if it is not such a value; its problems have been reported then. */
    Optional<T> read(Value value);

    /**
     * Refuses what {@link #read} would refuse, for constructors.
     *
     * @throws InvalidConfigException with a path relative to the value
     */
    default void check(T value) {}

    /**
     * The value as JSON has it.
     *
     * @param reveal whether secrets are written; else they are masked
     */
    Object write(T value, boolean reveal);

    /** Whether a key without a value is as good as no key. */
    default boolean emptyIsAbsent() {
        return false;
    }

    /** The sections inside, for the reference page. */
    default List<Inner> sections() {
        return List.of();
    }

    /** A section and what its path is called, relative to the key it is in. */
    record Inner(String suffix, Section<?> section) {}
}
