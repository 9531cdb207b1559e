package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out which queues take a message, because Artemis does not tell: it accepts a message that no queue takes. The
 * queues are looked at for each mandatory message that Artemis has accepted, once for all messages that have come
 * together by then. A queue that is bound between the message and the look counts as having taken it. For one
 * connection, on its event loop.
 */
final class ArtemisRoutes {

    private static final long ADDRESS_FRESH_NANOS = 10_000_000_000L;
    private static final int MAX_ADDRESSES = 1_000;
    private static final int MAX_SELECTORS = 10_000;

    private record Found(String address, long at) {}

    private record Waiting(BridgeMessage message, Promise<PublishOutcome> outcome) {}

    private final Map<String, Found> addresses = new LinkedHashMap<>();
    private final Map<String, Future<PublishOutcome>> searches = new HashMap<>();
    private final Map<String, List<Waiting>> waiting = new HashMap<>();
    private final Map<String, Selector> selectors = new HashMap<>();

    /** Returns the address for a message to a queue by its name; {@code null} if it is to be found out. */
    String addressOf(String queue) {
        var found = addresses.get(queue);
        return found == null ? null : found.address();
    }

    /** See {@link Dialect#locate}. */
    Future<PublishOutcome> locate(Peer peer, String queue) {
        var found = addresses.get(queue);
        if (found != null && System.nanoTime() - found.at() < ADDRESS_FRESH_NANOS) {
            return null;
        }
        return searches.computeIfAbsent(queue, asked -> find(peer, queue));
    }

    private Future<PublishOutcome> find(Peer peer, String queue) {
        var management = new ArtemisManagement(peer);
        var doing = "looking for queue '" + queue + "'";
        return management
                .queue(queue, doing)
                .compose(existing -> existing != null
                        ? Future.succeededFuture(existing.qualifiedName())
                        // The name may be that of a topic at which somebody expects a reply.
                        : management.routingTypes(queue, doing).map(types -> types == null ? null : queue))
                .<PublishOutcome>map(address -> {
                    addresses.remove(queue);
                    if (address == null) {
                        return new PublishOutcome.Unroutable("there is no queue '" + queue + "'");
                    }
                    remember(queue, address);
                    return null;
                })
                .recover(failure -> Future.succeededFuture(unknown(failure)))
                .onComplete(ignored -> searches.remove(queue));
    }

    private void remember(String queue, String address) {
        if (addresses.size() >= MAX_ADDRESSES) {
            addresses.remove(addresses.keySet().iterator().next());
        }
        addresses.put(queue, new Found(address, System.nanoTime()));
    }

    /** See {@link Dialect#verify}. */
    Future<PublishOutcome> verify(Peer peer, BridgeMessage message) {
        Promise<PublishOutcome> outcome = peer.context().promise();
        var scope = message.exchange().isEmpty() ? "::" + message.routingKey() : message.exchange();
        var already = waiting.get(scope);
        if (already == null) {
            waiting.put(scope, new ArrayList<>());
            lookForAll(peer, scope, List.of(new Waiting(message, outcome)));
        } else {
            already.add(new Waiting(message, outcome));
        }
        return outcome.future();
    }

    private void lookForAll(Peer peer, String scope, List<Waiting> asked) {
        queues(peer, scope).onComplete(looked -> {
            for (var one : asked) {
                one.outcome()
                        .complete(
                                looked.succeeded() ? outcome(one.message(), looked.result()) : unknown(looked.cause()));
            }
            var next = waiting.put(scope, new ArrayList<>());
            if (next.isEmpty()) {
                waiting.remove(scope);
            } else {
                lookForAll(peer, scope, next);
            }
        });
    }

    private static Future<List<ArtemisQueue>> queues(Peer peer, String scope) {
        var management = new ArtemisManagement(peer);
        if (scope.startsWith("::")) {
            var name = scope.substring(2);
            return management
                    .queue(name, "looking for queue '" + name + "'")
                    .map(queue -> queue == null ? List.of() : List.of(queue));
        }
        var doing = "looking for the queues bound to exchange '" + scope + "'";
        return scope.equals(ArtemisDialect.ADDRESSES) ? management.allQueues(doing) : management.queuesAt(scope, doing);
    }

    private PublishOutcome outcome(BridgeMessage message, List<ArtemisQueue> queues) {
        String unclear = null;
        for (var queue : queues) {
            var takes = takes(queue, message);
            if (Boolean.TRUE.equals(takes)) {
                return PublishOutcome.Confirmed.INSTANCE;
            } else if (takes == null) {
                unclear = queue.name();
            }
        }
        return new PublishOutcome.Unroutable((message.exchange().isEmpty()
                        ? "there is no queue '" + message.routingKey() + "'"
                        : "no queue at exchange '" + message.exchange() + "' takes the key '" + message.routingKey()
                                + "'")
                + (unclear == null ? "" : ", unless the filter of queue '" + unclear + "' does"));
    }

    private Boolean takes(ArtemisQueue queue, BridgeMessage message) {
        if (message.exchange().isEmpty()) {
            return true;
        }
        var key = message.routingKey();
        var inAddresses = message.exchange().equals(ArtemisDialect.ADDRESSES);
        if (inAddresses && !addressMatches(queue.address(), key)) {
            return false;
        }
        var address = inAddresses ? key : message.exchange();
        return selector(queue.filter()).takes(Map.of("JMSType", key, "AMQAddress", address)::get);
    }

    private Selector selector(String text) {
        if (selectors.size() >= MAX_SELECTORS) {
            selectors.clear();
        }
        return selectors.computeIfAbsent(text, Selector::new);
    }

    private static boolean addressMatches(String address, String key) {
        try {
            return address.equals(key) || TopicFilter.parse(address).matches(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static PublishOutcome unknown(Throwable failure) {
        return failure instanceof BrokerException known && known.kind().mayPass()
                ? new PublishOutcome.Lost(known.getMessage())
                : new PublishOutcome.Refused(
                        "whether a queue takes it could not be found out: " + failure.getMessage());
    }
}
