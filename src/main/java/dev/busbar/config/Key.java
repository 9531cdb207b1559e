package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * A key of a section, with all that is needed to read, check, write and document it.
 *
 * @param required whether the absence of the key is a problem
 * @param fallback the value of an absent key; {@code null} if that depends on other keys, or is nothing
 * @param fallbackText the default as the reference page shows it
 * @param meaning one line, in Markdown
 * @param inherited whether the exchange of the top level stands for an absent one
 */
record Key<T>(
        String name,
        Type<T> type,
        boolean required,
        T fallback,
        String fallbackText,
        String meaning,
        boolean inherited) {

    static <T> Key<T> required(String name, Type<T> type, String meaning) {
        return new Key<>(name, type, true, null, "**required**", meaning, false);
    }

    static <T> Key<T> of(String name, Type<T> type, T fallback, String meaning) {
        return new Key<>(name, type, false, fallback, "", meaning, false);
    }

    /** @param fallbackText what the absence of the key means; its value is {@code null} then */
    static <T> Key<T> optional(String name, Type<T> type, String fallbackText, String meaning) {
        return new Key<>(name, type, false, null, fallbackText, meaning, false);
    }

    Key<T> asInherited() {
        return new Key<>(name, type, required, fallback, fallbackText, meaning, true);
    }

    /** @throws InvalidConfigException whose path is {@code parent} and this key */
    void check(String parent, T value) {
        if (value == null && !required && fallback == null) {
            return;
        }
        try {
            type.check(requireNonNull(value, name));
        } catch (InvalidConfigException refused) {
            throw refused.under(name).under(parent);
        }
    }

    <S> Section.Field<S, T> from(Function<S, T> getter) {
        return new Section.Field<>(this, getter);
    }
}
