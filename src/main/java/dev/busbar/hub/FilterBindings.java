package dev.busbar.hub;

import dev.busbar.broker.Subscription;
import dev.busbar.config.SubscriptionsConfig;
import dev.busbar.log.CleanLogger;
import dev.busbar.topic.TopicFilter;
import dev.busbar.topic.TopicIndex;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Makes one binding on the broker for each distinct filter, when its first listener comes, and removes it a while after
 * the last one has left. Confined to the hub's event loop, but the statuses may be read from any thread.
 */
final class FilterBindings {

    private static final Logger LOG = CleanLogger.of(FilterBindings.class);

    private final Vertx vertx;
    private final SubscriptionsConfig config;
    private final Replay replay;
    private final Map<TopicFilter, FilterBinding> byFilter = new ConcurrentHashMap<>();
    private final TopicIndex<FilterBinding> index = new TopicIndex<>();
    private final BrokerFilters atBroker;
    private boolean closed;

    /** @param embedded whether the broker is the embedded one */
    FilterBindings(Vertx vertx, SubscriptionsConfig config, Replay replay, boolean embedded) {
        this.vertx = vertx;
        this.config = config;
        this.replay = replay;
        this.atBroker = new BrokerFilters(embedded);
    }

    /** Adds the filters by which the subscription is bound from the start; they stay without listeners. */
    void start(Subscription live) {
        atBroker.start(live, config.replay().filters());
        for (var filter : config.replay().filters()) {
            if (!byFilter.containsKey(filter)) {
                var binding = put(new FilterBinding(filter, true));
                binding.live(Future.succeededFuture());
                binding.ring(new Replay.Ring());
            }
        }
    }

    private FilterBinding put(FilterBinding binding) {
        byFilter.put(binding.filter(), binding);
        index.add(binding.filter(), binding);
        return binding;
    }

    /** Adds a listener; completes when the binding is live. To be undone by {@link #release}, unless it fails. */
    Future<FilterBinding> acquire(TopicFilter filter, boolean replayed) {
        var known = byFilter.get(filter);
        var binding = known != null ? known : put(new FilterBinding(filter, false));
        endGrace(binding);
        binding.acquired();
        if (replayed && binding.ring() == null) {
            binding.ring(new Replay.Ring());
        }
        if (known == null) {
            binding.live(atBroker.bind(filter));
        }
        return binding.live().map(binding).onFailure(refused -> {
            if (binding.released()) {
                forget(binding);
            }
        });
    }

    /** Removes a listener. */
    void release(FilterBinding binding) {
        if (!binding.released() || closed) {
            return;
        }
        if (config.grace().isZero()) {
            remove(binding);
        } else {
            binding.grace(vertx.setTimer(config.grace().toMillis(), timer -> {
                binding.grace(-1);
                if (binding.unused()) {
                    remove(binding);
                }
            }));
        }
    }

    private void endGrace(FilterBinding binding) {
        if (binding.grace() != -1) {
            vertx.cancelTimer(binding.grace());
            binding.grace(-1);
        }
    }

    private void remove(FilterBinding binding) {
        forget(binding);
        atBroker.unbind(binding.filter()).onFailure(failure -> {
            // At a close all bindings are removed with the connection.
            if (!closed) {
                LOG.warn("filter '{}': cannot be unbound: {}", binding.filter(), failure.getMessage());
            }
        });
    }

    private void forget(FilterBinding binding) {
        byFilter.remove(binding.filter(), binding);
        index.remove(binding.filter(), binding);
        if (binding.ring() != null) {
            replay.forget(binding.ring());
        }
    }

    void match(String key, Consumer<FilterBinding> consumer) {
        index.match(key, consumer);
    }

    /** From any thread. */
    List<FilterStatus> statuses() {
        return byFilter.values().stream().map(FilterBinding::status).toList();
    }

    /** Ends all timers. The broker removes the bindings with the connection. */
    void close() {
        closed = true;
        byFilter.values().forEach(this::endGrace);
    }
}
