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
 * The handlers of one address on all nodes, for requests that may go to any of them. As a rule the event bus takes them
 * in turn. While a node does not answer, and for a while after a request has timed out, each request goes to a node
 * that is chosen here: one that answers Busbar, has a handler, and has not left a request of this route to its
 * time-out. Such a node is passed over, and given one request now and then, until it replies. Confined to the event
 * loop.
 */
final class Handlers {

    /** How long nodes are chosen here after a time-out, and one without handlers is not asked again. */
    private static final long CHOOSING_NANOS = 30_000_000_000L;

    private static final long WITHOUT_HANDLER_NANOS = 1_000_000_000L;
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final Vertx vertx;
    private final Context context;
    private final Node node;
    private final Peers peers;
    private final HandlerRelay relay;
    private final String address;
    private final boolean inOrder;
    /** When a node that is passed over may be asked again. */
    private final Map<String, Long> passedOver = new HashMap<>();

    private long chooseUntil = System.nanoTime();
    private int turn;
    /** The nodes that had handlers when it was last asked, where order matters. */
    private List<String> handling = List.of();

    private boolean looking;
    private Long lookedAt;
    /** Where the last request went. */
    private String present;
    /** How many requests chosen here have no outcome yet. */
    private int underWay;

    /** @param inOrder whether they are asked for want of handlers on this node, and in order */
    Handlers(RouteContext shared, String address, boolean inOrder) {
        this.vertx = shared.vertx();
        this.context = shared.context();
        this.node = shared.node();
        this.peers = shared.membership().peers();
        this.relay = shared.membership().relay();
        this.address = address;
        this.inOrder = inOrder;
        if (inOrder) {
            look(System.nanoTime());
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

    /** Whether a request sent now would go elsewhere and overtake others, to a node that does not answer. */
    boolean wouldOvertake() {
        return inOrder && underWay > 0 && !peers.answers(present);
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
        turn = all.isEmpty() ? 0 : (turn + 1) % all.size();
        for (var at = 0; at < all.size(); at++) {
            var next = all.get((turn + at) % all.size());
            if (mayBeAsked(next, now)) {
                some.add(next);
            }
        }
        return some;
    }

    private boolean mayBeAsked(String candidate, long now) {
        return now - passedOver.getOrDefault(candidate, now) >= 0;
    }

    /** The present one first. */
    private List<String> inOrder(long now) {
        look(now);
        var some = new ArrayList<>(peers.answering());
        some.removeIf(peer -> !handling.contains(peer) || !mayBeAsked(peer, now));
        if (some.remove(present)) {
            some.add(0, present);
        }
        return some;
    }

    /** Not while a request waits: the cluster may take its time, most of all while a node is away. */
    private void look(long now) {
        if (!looking && (lookedAt == null || now - lookedAt > LOOK_NANOS)) {
            looking = true;
            lookedAt = now;
            HandlerNodes.of(vertx, address)
                    .onSuccess(found -> context.runOnContext(ignored -> handling = found))
                    .onComplete(ignored -> context.runOnContext(done -> looking = false));
        }
    }

    private Future<Message<Object>> choose(Iterator<String> candidates, Object body, DeliveryOptions options) {
        if (!candidates.hasNext()) {
            // Perhaps a node without a bridge has handlers.
            return byTheEventBus(body, options);
        }
        var chosen = candidates.next();
        present = chosen;
        var pause = options.getSendTimeout() * 1_000_000;
        if (passedOver.containsKey(chosen)) {
            // This request finds out for all others.
            passedOver.put(chosen, System.nanoTime() + pause);
        }
        underWay++;
        return ask(chosen, body, options)
                .onComplete(ignored -> underWay--)
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
