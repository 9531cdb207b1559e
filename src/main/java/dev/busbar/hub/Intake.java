package dev.busbar.hub;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Weight;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BusbarConfig;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import org.slf4j.event.Level;
import dev.busbar.route.Decoded;
import dev.busbar.route.Returned;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/**
 * What arrives at the node's queue: decoded and matched once, kept for replay, handed to the branches that listen, and
 * settled. While a branch is congested nothing is settled, so that the prefetch makes the broker wait; one that stays
 * so for longer than {@link Patience} has is waited for no more. Confined to the hub's event loop.
 */
final class Intake {

    private static final Logger LOG = CleanLogger.of(Intake.class);

    private final Bindings bindings;
    private final Replay replay;
    private final PayloadCodec codec;
    private final long maxBytes;
    private final ThrottledLog complaints = new ThrottledLog(LOG, Level.WARN, "subscriptions");
    private final Patience patience;
    /** At most the prefetch. */
    private final ArrayDeque<Delivery> held = new ArrayDeque<>();

    private final LongAdder received = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private long sequence;

    Intake(Vertx vertx, BusbarConfig config, Bindings bindings, Replay replay) {
        this.bindings = bindings;
        this.replay = replay;
        this.maxBytes = config.broker().maxMessageBytes();
        this.codec = new PayloadCodec(config.datetimes(), maxBytes);
        this.patience =
                new Patience(vertx, config.subscriptions().handOver().patience().toMillis(), this::patienceOver);
    }

    void received(Delivery arrived) {
        received.increment();
        var delivery = Returned.of(arrived);
        var matched = new ArrayList<Binding>(2);
        bindings.match(delivery.message().routingKey(), matched::add);
        if (!matched.isEmpty()) {
            var decoded = Decoded.of(delivery, codec, maxBytes);
            if (decoded.problem() == null) {
                hand(new HubMessage(delivery.message(), decoded.body(), ++sequence), matched);
            } else {
                unreadable.increment();
                missing(
                        matched,
                        "a message with the key '" + delivery.message().routingKey() + "' is left out: "
                                + decoded.problem());
                complaints.add("a message with the key '" + delivery.message().routingKey() + "' reaches nobody: "
                        + decoded.problem());
            }
        }
        settle(delivery);
    }

    /** Whoever would have got it is told that there was something. */
    private static void missing(List<Binding> matched, String reason) {
        for (var binding : matched) {
            for (var branch : binding.branches()) {
                branch.interrupt(binding, reason);
            }
        }
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
                    patience.congested(branch);
                }
            }
        }
    }

    private void settle(Delivery delivery) {
        if (patience.waits()) {
            held.add(delivery);
        } else {
            delivery.settle(Settlement.ACCEPTED);
        }
    }

    private void patienceOver() {
        complaints.add(
                "an event loop does not keep up with what is subscribed to there; the oldest of what waits for it"
                        + " is dropped until it does");
        settleHeld();
    }

    /** The branch keeps up again, unless it has fallen behind once more since it said so. */
    void relieved(Branch branch) {
        if (!branch.congested()) {
            gone(branch);
        }
    }

    /** Nobody listens there any more. */
    void gone(Branch branch) {
        patience.relieved(branch);
        settleHeld();
    }

    private void settleHeld() {
        while (!patience.waits() && !held.isEmpty()) {
            held.poll().settle(Settlement.ACCEPTED);
        }
    }

    void close() {
        patience.close();
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
