package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Topology;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes which messages a queue of Artemis takes while it is consumed. All filters of a queue are one selector, so
 * that a batch of changes is one request, and no message comes twice for several filters that take it.
 */
final class ArtemisRebinding {

    /** Artemis treats larger requests as large messages, and evaluates each filter for each message. */
    private static final int MAX_SELECTOR_CHARACTERS = 64 * 1024;

    private final ArtemisManagement management;

    ArtemisRebinding(ArtemisManagement management) {
        this.management = management;
    }

    List<Future<Void>> rebind(Topology topology, String queue, List<BindingChange> changes) {
        var exchange = topology.exchange().name();
        Map<TopicFilter, BrokerException> refused = new HashMap<>();
        if (exchange.equals(ArtemisDialect.ADDRESSES)) {
            changes.forEach(change -> refused.put(
                    change.filter(),
                    refusal(
                            Kind.REFUSED,
                            change,
                            queue,
                            exchange,
                            "a queue of Artemis is at one address for good. Use"
                                    + " an exchange of your own for filters that come and go")));
        }
        for (var change : changes) {
            var problem = problem(change.filter());
            if (change.bound() && problem != null) {
                refused.put(change.filter(), refusal(Kind.REFUSED, change, queue, exchange, problem));
            }
        }
        var made = update(topology, queue, changes, refused);
        return changes.stream()
                .map(change -> refused.containsKey(change.filter())
                        ? Future.<Void>failedFuture(refused.get(change.filter()))
                        : made)
                .toList();
    }

    private Future<Void> update(
            Topology topology, String queue, List<BindingChange> changes, Map<TopicFilter, BrokerException> refused) {
        var filters = new ArrayList<>(topology.filters());
        filters.removeAll(refused.keySet());
        var selector = ArtemisQueueSpec.changed(topology.bound(filters), queue);
        if (selector.length() > MAX_SELECTOR_CHARACTERS) {
            for (var change : changes) {
                if (change.bound()) {
                    filters.remove(change.filter());
                    refused.putIfAbsent(
                            change.filter(),
                            refusal(
                                    Kind.LIMIT,
                                    change,
                                    queue,
                                    topology.exchange().name(),
                                    "its filters together are"
                                            + " longer than " + MAX_SELECTOR_CHARACTERS
                                            + " characters as a selector of Artemis. Use fewer"
                                            + " filters with more wildcards"));
                }
            }
            selector = ArtemisQueueSpec.changed(topology.bound(filters), queue);
        }
        return refused.size() == changes.size()
                ? Future.succeededFuture()
                : management.updateFilter(queue, selector, doing(queue, changes));
    }

    private static String doing(String queue, List<BindingChange> changes) {
        var first = changes.get(0).filter();
        return "changing the filters of queue '" + queue + "', '" + first + "'"
                + (changes.size() == 1 ? "" : " and " + (changes.size() - 1) + " more");
    }

    private static String problem(TopicFilter filter) {
        try {
            FilterSelector.of(filter);
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static BrokerException refusal(
            Kind kind, BindingChange change, String queue, String exchange, String reason) {
        return new BrokerException(kind, "refused " + change.doing(queue, exchange) + ": " + reason);
    }
}
