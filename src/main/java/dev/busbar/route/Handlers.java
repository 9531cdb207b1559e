package dev.busbar.route;

import dev.busbar.cluster.HandlerNodes;
import dev.busbar.cluster.HandlerRelay;
import dev.busbar.cluster.Node;
import dev.busbar.cluster.Peers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Sends requests to the handlers of one address on all nodes. As a rule the event bus chooses the handler, in turn.
 * While a node does not answer, and for a while after a request has timed out, this class chooses the node of each
 * request: one that answers Busbar, has a handler, and has not let a request of this route time out. A node that has
 * let one time out is passed over, and gets one request now and then, until it replies. Confined to the event loop.
 */
final class Handlers {

    /** How long nodes are chosen here after a time-out; and how long a node without handlers is not asked again. */
    private static final long CHOOSING_NANOS = 30_000_000_000L;

    private static final long WITHOUT_HANDLER_NANOS = 1_000_000_000L;
    private static final long REFRESH_NANOS = 1_000_000_000L;

    private final Vertx vertx;
    private final Context context;
    private final Node node;
    private final Peers peers;
    private final HandlerRelay relay;
    private final String address;
    private final boolean inOrder;
    /** Each node that is passed over, and when it may be asked again. */
    private final Map<String, Long> passedOver = new HashMap<>();

    private long chooseUntil = System.nanoTime();
    private int rotation;
    /** The nodes that had handlers at the last refresh, where the order of requests matters. */
    private List<String> nodesWithHandlers = List.of();

    private boolean refreshing;
    private Long refreshedNanos;
    /** The node that got the last request. */
    private String lastAsked;
    /** How many requests whose node was chosen here have no outcome yet. */
    private int inFlight;

    /** @param inOrder whether other nodes are asked only for want of handlers on this node, and in order */
    Handlers(RouteContext shared, String address, boolean inOrder) {
        this.vertx = shared.vertx();
        this.context = shared.context();
        this.node = shared.node();
        this.peers = shared.membership().peers();
        this.relay = shared.membership().relay();
        this.address = address;
        this.inOrder = inOrder;
        if (inOrder) {
            refresh(System.nanoTime());
        }
    }

    Future<Message<Object>> request(Object body, DeliveryOptions options) {
        var now = System.nanoTime();
        passedOver.values().removeIf(until -> now - until > CHOOSING_NANOS);
        if (inOrder) {
            return choose(inOrder(now).iterator(), body, options);
        }
        if (!peers.anyAway() && now - chooseUntil >= 0) {
            return byTheEventBus(body, options);
        }
        return choose(candidates(now).iterator(), body, options);
    }

    /** Returns whether a request sent now would overtake earlier ones, which went to a node that does not answer. */
    boolean wouldOvertake() {
        return inOrder && inFlight > 0 && !peers.answers(lastAsked);
    }

    private Future<Message<Object>> byTheEventBus(Object body, DeliveryOptions options) {
        return vertx.eventBus().request(address, body, options).onFailure(failure -> {
            if (RequestFailures.isSilence(failure)) {
                chooseUntil = System.nanoTime() + CHOOSING_NANOS;
            }
        });
    }

    private List<String> candidates(long now) {
        var all = new ArrayList<>(peers.answering());
        all.add(node.id());
        var some = new ArrayList<String>(all.size());
        rotation = all.isEmpty() ? 0 : (rotation + 1) % all.size();
        for (var at = 0; at < all.size(); at++) {
            var next = all.get((rotation + at) % all.size());
            if (mayBeAsked(next, now)) {
                some.add(next);
            }
        }
        return some;
    }

    private boolean mayBeAsked(String candidate, long now) {
        return now - passedOver.getOrDefault(candidate, now) >= 0;
    }

    /** Returns the nodes that may be asked, the one asked last first. */
    private List<String> inOrder(long now) {
        refresh(now);
        var some = new ArrayList<>(peers.answering());
        some.removeIf(peer -> !nodesWithHandlers.contains(peer) || !mayBeAsked(peer, now));
        if (some.remove(lastAsked)) {
            some.add(0, lastAsked);
        }
        return some;
    }

    /** Asks the cluster which nodes have handlers. No request waits for that: the answer may take its time. */
    private void refresh(long now) {
        if (!refreshing && (refreshedNanos == null || now - refreshedNanos > REFRESH_NANOS)) {
            refreshing = true;
            refreshedNanos = now;
            HandlerNodes.of(vertx, address)
                    .onSuccess(found -> context.runOnContext(ignored -> nodesWithHandlers = found))
                    .onComplete(ignored -> context.runOnContext(done -> refreshing = false));
        }
    }

    private Future<Message<Object>> choose(Iterator<String> candidates, Object body, DeliveryOptions options) {
        if (!candidates.hasNext()) {
            // Perhaps a node without a bridge has handlers.
            return byTheEventBus(body, options);
        }
        var chosen = candidates.next();
        lastAsked = chosen;
        var pause = options.getSendTimeout() * 1_000_000;
        if (passedOver.containsKey(chosen)) {
            // This request alone tries the node again.
            passedOver.put(chosen, System.nanoTime() + pause);
        }
        inFlight++;
        return ask(chosen, body, options)
                .onComplete(ignored -> inFlight--)
                .onSuccess(reply -> passedOver.remove(chosen))
                .recover(failure -> {
                    if (RequestFailures.isWithoutHandler(failure)) {
                        passedOver.put(chosen, System.nanoTime() + WITHOUT_HANDLER_NANOS);
                        return choose(candidates, body, options);
                    }
                    if (RequestFailures.isSilence(failure)) {
                        chooseUntil = System.nanoTime() + CHOOSING_NANOS;
                        passedOver.put(chosen, System.nanoTime() + pause);
                    }
                    return Future.failedFuture(failure);
                });
    }

    private Future<Message<Object>> ask(String chosen, Object body, DeliveryOptions options) {
        return chosen.equals(node.id())
                ? vertx.eventBus().request(address, body, new DeliveryOptions(options).setLocalOnly(true))
                : relay.request(chosen, address, body, options);
    }
}
