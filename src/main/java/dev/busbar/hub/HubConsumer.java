package dev.busbar.hub;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.MessageSize;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BusbarConfig;
import dev.busbar.delivery.Decoded;
import dev.busbar.delivery.RestoredDelivery;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Receives the messages of the node's queue: decodes and matches each once, keeps it for replay, hands it to the
 * listener loops that listen, and settles it. While a loop is congested nothing is settled, so that the prefetch makes
 * the broker wait; a loop that is congested for longer than {@link CongestionTimeout} permits is not waited for.
 * Confined to the hub's event loop.
 */
final class HubConsumer {

    private static final Logger LOG = CleanLogger.of(HubConsumer.class);

    private final FilterBindings bindings;
    private final Replay replay;
    private final PayloadCodec codec;
    private final long maxBytes;
    private final ThrottledLog warnings = new ThrottledLog(LOG, Level.WARN, "subscriptions");
    private final CongestionTimeout congestion;
    /** Not settled yet, because of a congested loop; at most the prefetch. */
    private final ArrayDeque<Delivery> held = new ArrayDeque<>();

    private final LongAdder received = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private long sequence;

    HubConsumer(Vertx vertx, BusbarConfig config, FilterBindings bindings, Replay replay) {
        this.bindings = bindings;
        this.replay = replay;
        this.maxBytes = config.broker().maxMessageBytes();
        this.codec = new PayloadCodec(config.datetimes(), maxBytes);
        this.congestion = new CongestionTimeout(
                vertx, config.subscriptions().handOver().patience().toMillis(), this::congestionTimedOut);
    }

    void received(Delivery arrived) {
        received.increment();
        var delivery = RestoredDelivery.of(arrived);
        var matched = new ArrayList<FilterBinding>(2);
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
                warnings.add("a message with the key '" + delivery.message().routingKey() + "' reaches nobody: "
                        + decoded.problem());
            }
        }
        settle(delivery);
    }

    /** Tells the listeners that would have got the message that they miss one. */
    private static void missing(List<FilterBinding> matched, String reason) {
        for (var binding : matched) {
            for (var listenerLoop : binding.listenerLoops()) {
                listenerLoop.interrupt(binding, reason);
            }
        }
    }

    private void hand(HubMessage message, List<FilterBinding> matched) {
        var bytes = MessageSize.of(message.message());
        for (var binding : matched) {
            binding.counts.received.increment();
            if (binding.ring() != null) {
                replay.keep(binding.ring(), message, bytes);
            }
            for (var listenerLoop : binding.listenerLoops()) {
                if (listenerLoop.hand(message, matched, bytes)) {
                    congestion.congested(listenerLoop);
                }
            }
        }
    }

    private void settle(Delivery delivery) {
        if (congestion.waits()) {
            held.add(delivery);
        } else {
            delivery.settle(Settlement.ACCEPTED);
        }
    }

    private void congestionTimedOut() {
        warnings.add("an event loop does not keep up with what is subscribed to there; the oldest of what waits for it"
                + " is dropped until it does");
        settleHeld();
    }

    /** The listener loop keeps up again, unless it has fallen behind once more since. */
    void relieved(ListenerLoop listenerLoop) {
        if (!listenerLoop.congested()) {
            gone(listenerLoop);
        }
    }

    /** The listener loop has no listeners any more. */
    void gone(ListenerLoop listenerLoop) {
        congestion.relieved(listenerLoop);
        settleHeld();
    }

    private void settleHeld() {
        while (!congestion.waits() && !held.isEmpty()) {
            held.poll().settle(Settlement.ACCEPTED);
        }
    }

    void close() {
        congestion.close();
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
