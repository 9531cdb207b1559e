package dev.busbar.hub;

import dev.busbar.broker.Subscription;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Binds the hub's queue on the broker: by each filter itself, except at the embedded broker, where filters that anybody
 * may choose could cost much time. There a filter ends with its first {@code #}, and filters that begin alike share one
 * binding; messages that no listener wants are ignored, as the hub matches each message anyway. Confined to the hub's
 * event loop.
 */
final class BrokerFilters {

    private static final class Bound {
        private int users;
        private Future<Void> live;
    }

    private final boolean embedded;
    private final Map<TopicFilter, Bound> bound = new HashMap<>();
    private Subscription subscription;

    BrokerFilters(boolean embedded) {
        this.embedded = embedded;
    }

    /** @param pinned the filters by which the queue is bound from the start, for ever */
    void start(Subscription live, Collection<TopicFilter> pinned) {
        subscription = live;
        pinned.forEach(filter -> use(filter).live = Future.succeededFuture());
    }

    /** Binds; completes when the broker has confirmed it. To be undone by {@link #unbind} unless it fails. */
    Future<Void> bind(TopicFilter filter) {
        var atBroker = atBroker(filter);
        var it = use(atBroker);
        if (it.live == null) {
            it.live = subscription.bind(atBroker).onFailure(refused -> bound.remove(atBroker, it));
        }
        return it.live;
    }

    Future<Void> unbind(TopicFilter filter) {
        var atBroker = atBroker(filter);
        var it = bound.get(atBroker);
        if (it == null || --it.users > 0) {
            return Future.succeededFuture();
        }
        bound.remove(atBroker);
        return subscription.unbind(atBroker);
    }

    private Bound use(TopicFilter atBroker) {
        var it = bound.computeIfAbsent(atBroker, unknown -> new Bound());
        it.users++;
        return it;
    }

    private TopicFilter atBroker(TopicFilter filter) {
        var text = filter.toString();
        var any = text.startsWith("#.") ? 0 : text.indexOf(".#.") + 1;
        return embedded && (any > 0 || text.startsWith("#.")) ? TopicFilter.parse(text.substring(0, any + 1)) : filter;
    }
}
