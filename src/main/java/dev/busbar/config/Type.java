package dev.busbar.config;

import java.util.List;
import java.util.Optional;

/** A type of configuration values: reads, checks, writes and describes them. */
interface Type<T> {

    /** Returns the type as the reference page names it, in Markdown, e.g. {@code duration, 1ms to 1h}. */
    String describe();

    /** Reads a value; empty if that is impossible, and then the problems have been reported. */
    Optional<T> read(Value value);

    /**
     * Refuses what {@link #read} would refuse, for constructors.
     *
     * @throws InvalidConfigException with a path relative to the value
     */
    default void check(T value) {}

    /**
     * Returns the value as JSON has it.
     *
     * @param reveal whether secrets are written; else they are masked
     */
    Object write(T value, boolean reveal);

    /** Whether a key without a value means the same as no key. */
    default boolean emptyIsAbsent() {
        return false;
    }

    /** Returns the sections within the value, for the reference page. */
    default List<Inner> sections() {
        return List.of();
    }

    /** A section and its path relative to the key that contains it. */
    record Inner(String suffix, Section<?> section) {}
}
