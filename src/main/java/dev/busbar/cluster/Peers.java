package dev.busbar.cluster;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;

/**
 * Tracks which of the other nodes that run Busbar answer. Each node is asked for its time about once a second. From the
 * first unanswered question until its next answer it counts as away. Thread-safe.
 */
public final class Peers {

    private static final Logger LOG = CleanLogger.of(Peers.class);
    private static final String ADDRESS_PREFIX = "dev.busbar.clock.";
    private static final long INTERVAL_MILLIS = 1_000;
    /** Nodes of a large cluster ask less often, so that no node gets more questions than this. */
    private static final int MAX_QUESTIONS_PER_SECOND = 20;

    private final Vertx vertx;
    private final String id;
    private final MemberRegistry registry;
    private final PeerClocks clocks;
    private final Set<String> answering = new ConcurrentSkipListSet<>();
    private final Set<String> away = ConcurrentHashMap.newKeySet();
    private long lastAsked;

    /** @param id the id of this node */
    Peers(Vertx vertx, String id, MemberRegistry registry, PeerClocks clocks) {
        this.vertx = vertx;
        this.id = id;
        this.registry = registry;
        this.clocks = clocks;
    }

    /** Starts to answer the questions of other nodes. */
    MessageConsumer<?> answerRequests() {
        return vertx.eventBus().consumer(ADDRESS_PREFIX + id, message -> message.reply(PeerClocks.now()));
    }

    /**
     * Asks all other nodes, or none if the last round was too recent for a cluster of this size. Must be called about
     * once a second.
     *
     * @param present the ids of all nodes that the cluster manager counts
     */
    void ask(Collection<String> present) {
        answering.retainAll(present);
        away.retainAll(present);
        var now = PeerClocks.now();
        if ((now - lastAsked) * MAX_QUESTIONS_PER_SECOND >= present.size() * INTERVAL_MILLIS) {
            lastAsked = now;
            present.stream().filter(peer -> !peer.equals(id)).forEach(this::ask);
        }
    }

    private void ask(String peer) {
        var sent = PeerClocks.now();
        vertx.eventBus()
                .<Long>request(ADDRESS_PREFIX + peer, null, new DeliveryOptions().setSendTimeout(INTERVAL_MILLIS))
                .onSuccess(reply -> {
                    clocks.add(peer, sent, reply.body(), PeerClocks.now());
                    answering.add(peer);
                    if (away.remove(peer)) {
                        LOG.info("cluster: node '{}' answers again", name(peer));
                    }
                })
                .onFailure(failure -> {
                    if (answering.contains(peer) && isNoAnswer(failure) && away.add(peer)) {
                        LOG.warn(
                                "cluster: node '{}' does not answer; requests go to handlers of other nodes",
                                name(peer));
                    }
                });
    }

    /** Returns whether a node has not answered; one that has left has no handler, which is an answer. */
    private static boolean isNoAnswer(Throwable failure) {
        return !(failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS);
    }

    private String name(String peer) {
        var name = registry.name(peer);
        return name == null ? peer : name;
    }

    /** Returns whether any node that has answered before does not answer now. */
    public boolean anyAway() {
        return !away.isEmpty();
    }

    /** Returns the ids of the nodes that answer, sorted. */
    public List<String> answering() {
        return answering.stream().filter(this::answers).toList();
    }

    /** Returns whether the node with this id answers. */
    public boolean answers(String peer) {
        return answering.contains(peer) && !away.contains(peer);
    }
}
