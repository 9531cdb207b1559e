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
 * The other nodes that run Busbar, and which of them answer: each is asked for its time about once a second, and is
 * away from the first question it leaves unanswered until it answers again. Thread-safe.
 */
public final class Peers {

    private static final Logger LOG = CleanLogger.of(Peers.class);
    private static final String CLOCK = "dev.busbar.clock.";
    private static final long INTERVAL_MILLIS = 1_000;
    /** In large clusters nodes ask less often: each is to have no more than so many questions a second. */
    private static final int QUESTIONS_PER_SECOND = 20;

    private final Vertx vertx;
    private final String id;
    private final MemberRegistry registry;
    private final PeerClocks clocks;
    private final Set<String> answering = new ConcurrentSkipListSet<>();
    private final Set<String> away = ConcurrentHashMap.newKeySet();
    private long asked;

    /** @param id of this node */
    Peers(Vertx vertx, String id, MemberRegistry registry, PeerClocks clocks) {
        this.vertx = vertx;
        this.id = id;
        this.registry = registry;
        this.clocks = clocks;
    }

    /** Answers the others. */
    MessageConsumer<?> telling() {
        return vertx.eventBus().consumer(CLOCK + id, message -> message.reply(PeerClocks.now()));
    }

    /**
     * To be called about once a second.
     *
     * @param present the ids of all nodes that the cluster manager counts
     */
    void ask(Collection<String> present) {
        answering.retainAll(present);
        away.retainAll(present);
        var now = PeerClocks.now();
        if ((now - asked) * QUESTIONS_PER_SECOND >= present.size() * INTERVAL_MILLIS) {
            asked = now;
            present.stream().filter(peer -> !peer.equals(id)).forEach(this::ask);
        }
    }

    private void ask(String peer) {
        var sent = PeerClocks.now();
        vertx.eventBus()
                .<Long>request(CLOCK + peer, null, new DeliveryOptions().setSendTimeout(INTERVAL_MILLIS))
                .onSuccess(reply -> {
                    clocks.measured(peer, sent, reply.body(), PeerClocks.now());
                    answering.add(peer);
                    if (away.remove(peer)) {
                        LOG.info("cluster: node '{}' answers again", name(peer));
                    }
                })
                .onFailure(failure -> {
                    if (answering.contains(peer) && isSilence(failure) && away.add(peer)) {
                        LOG.warn("cluster: node '{}' does not answer; handlers of others are asked", name(peer));
                    }
                });
    }

    /** Whoever has left has no handler any more. */
    private static boolean isSilence(Throwable failure) {
        return !(failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS);
    }

    private String name(String peer) {
        var name = registry.name(peer);
        return name == null ? peer : name;
    }

    /** Whether one that has answered before does not at present. */
    public boolean anyAway() {
        return !away.isEmpty();
    }

    /** The ids of those which answer, in a lasting order. */
    public List<String> answering() {
        return answering.stream().filter(this::answers).toList();
    }

    public boolean answers(String peer) {
        return answering.contains(peer) && !away.contains(peer);
    }
}
