package dev.busbar.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The type of lists of values of one type.
 *
 * @param single whether a value alone stands for a list of one
 */
record ListOf<T>(Type<T> item, boolean single) implements Type<List<T>> {

    @Override
    public String describe() {
        return single ? item.describe() + ", or a list of them" : "list of " + item.describe();
    }

    @Override
    public boolean emptyIsAbsent() {
        return !single;
    }

    @Override
    public List<Inner> sections() {
        return item.sections().stream()
                .map(inner -> new Inner("[]" + inner.suffix(), inner.section()))
                .toList();
    }

    @Override
    public Optional<List<T>> read(Value value) {
        if (!(value.raw() instanceof List)) {
            if (single) {
                return item.read(value).map(List::of);
            }
            if (value.raw() != Variables.UNRESOLVED) {
                value.report(null, "must be a list, not " + value.kind(), "Begin each of its items with '- '");
            }
            return Optional.empty();
        }
        List<Optional<T>> items = readEach(value);
        return items.stream().allMatch(Optional::isPresent)
                ? Optional.of(items.stream().map(Optional::orElseThrow).toList())
                : Optional.empty();
    }

    /** Reads each item; one that cannot be read is empty. */
    List<Optional<T>> readEach(Value value) {
        List<Optional<T>> items = new ArrayList<>();
        for (int i = 0; i < ((List<?>) value.raw()).size(); i++) {
            items.add(item.read(value.at(i)));
        }
        return items;
    }

    @Override
    public void check(List<T> items) {
        for (int i = 0; i < items.size(); i++) {
            try {
                item.check(items.get(i));
            } catch (InvalidConfigException refused) {
                throw items.size() == 1 && single ? refused : refused.under("[" + i + "]");
            }
        }
    }

    @Override
    public Object write(List<T> items, boolean reveal) {
        return items.stream().map(it -> item.write(it, reveal)).toList();
    }
}
