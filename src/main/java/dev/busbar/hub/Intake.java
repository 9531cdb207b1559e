package dev.busbar.hub;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Weight;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BusbarConfig;
import dev.busbar.route.Complaints;
import dev.busbar.route.Decoded;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrives at the node's queue: decoded and matched once, kept for replay, handed to the branches that listen, and
 * settled. While a branch is congested nothing is settled, so that the prefetch makes the broker wait; when patience is
 * over it is settled all the same, until no branch is congested. Confined to the hub's event loop.
 */
final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final Vertx vertx;
    private final Bindings bindings;
    private final Replay replay;
    private final PayloadCodec codec;
    private final long maxBytes;
    private final long patienceMillis;
    private final Complaints complaints = new Complaints(LOG, "subscriptions");
    private final Set<Branch> congested = new HashSet<>();
    /** At most the prefetch. */
    private final ArrayDeque<Delivery> held = new ArrayDeque<>();

    private final LongAdder received = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private long sequence;
    private long patience = -1;
    private boolean impatient;

    Intake(Vertx vertx, BusbarConfig config, Bindings bindings, Replay replay) {
        this.vertx = vertx;
        this.bindings = bindings;
        this.replay = replay;
        this.maxBytes = config.broker().maxMessageBytes();
        this.codec = new PayloadCodec(config.datetimes(), maxBytes);
        this.patienceMillis = config.subscriptions().handOver().patience().toMillis();
    }

    void received(Delivery delivery) {
        received.increment();
        var matched = new ArrayList<Binding>(2);
        bindings.match(delivery.message().routingKey(), matched::add);
        if (!matched.isEmpty()) {
            var decoded = Decoded.of(delivery, codec, maxBytes);
            if (decoded.problem() == null) {
                hand(new HubMessage(delivery.message(), decoded.body(), ++sequence), matched);
            } else {
                unreadable.increment();
                complaints.add("a message with the key '" + delivery.message().routingKey() + "' reaches nobody: "
                        + decoded.problem());
            }
        }
        settle(delivery);
    }

    private void hand(HubMessage message, List<Binding> matched) {
        var bytes = Weight.of(message.message());
        for (var binding : matched) {
            binding.counts.received.increment();
            if (binding.ring() != null) {
                replay.keep(binding.ring(), message, bytes);
            }
            for (var branch : binding.branches()) {
                if (branch.hand(message, matched, bytes)) {
                    congested.add(branch);
                }
            }
        }
    }

    private void settle(Delivery delivery) {
        if (congested.isEmpty() || impatient || patienceMillis == 0) {
            delivery.settle(Settlement.ACCEPTED);
            return;
        }
        held.add(delivery);
        if (patience == -1) {
            patience = vertx.setTimer(patienceMillis, timer -> {
                patience = -1;
                impatient = true;
                complaints.add(congested.size() + " event loops do not keep up with what is subscribed to there; the"
                        + " oldest of what waits for them is dropped from now on");
                settleHeld();
            });
        }
    }

    /** The branch keeps up again. */
    void relieved(Branch branch) {
        congested.remove(branch);
        if (congested.isEmpty()) {
            impatient = false;
            endPatience();
            settleHeld();
        }
    }

    private void settleHeld() {
        for (var delivery = held.poll(); delivery != null; delivery = held.poll()) {
            delivery.settle(Settlement.ACCEPTED);
        }
    }

    private void endPatience() {
        if (patience != -1) {
            vertx.cancelTimer(patience);
            patience = -1;
        }
    }

    void close() {
        endPatience();
        held.clear();
    }

    /** From any thread. */
    long receivedCount() {
        return received.sum();
    }

    /** From any thread. */
    long unreadableCount() {
        return unreadable.sum();
    }
}
