package dev.busbar.mq;

import dev.busbar.topic.TopicFilter;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keeps the persistent names that this Vert.x has consumed by one exchange: which of them are consumed now, and by
 * which filters their queues are bound.
 */
final class PersistentNames implements Shareable {

    private static final String KEY = "dev.busbar.mq";

    private static final class Known {
        private final Set<TopicFilter> bound = new LinkedHashSet<>();
        private boolean taken;
    }

    private final Map<String, Known> names = new TreeMap<>();

    /** @param exchange to which the queues are bound: each has names of its own */
    static PersistentNames of(Vertx vertx, String exchange) {
        Map<String, PersistentNames> shared = vertx.sharedData().getLocalMap(KEY);
        return shared.computeIfAbsent(exchange, key -> new PersistentNames());
    }

    /**
     * Reserves the name for one consumer.
     *
     * @throws IllegalStateException if another has it
     */
    synchronized void take(String name) {
        var known = names.computeIfAbsent(name, it -> new Known());
        if (known.taken) {
            throw new NameTakenException(name);
        }
        known.taken = true;
    }

    /** Returns the filters, other than this one, by which the queue of the name is bound. */
    synchronized List<TopicFilter> otherFilters(String name, TopicFilter filter) {
        return names.get(name).bound.stream().filter(it -> !it.equals(filter)).toList();
    }

    synchronized void bound(String name, TopicFilter filter) {
        names.get(name).bound.clear();
        names.get(name).bound.add(filter);
    }

    /** The consumer could not be started: frees the name again. */
    synchronized void failed(String name) {
        if (names.get(name).bound.isEmpty()) {
            names.remove(name);
        } else {
            release(name);
        }
    }

    synchronized void release(String name) {
        if (names.containsKey(name)) {
            names.get(name).taken = false;
        }
    }

    synchronized void forget(String name) {
        names.remove(name);
    }

    synchronized List<String> list() {
        return List.copyOf(names.keySet());
    }
}
