package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.delivery.RestoredDelivery;
import java.time.Duration;

/**
 * A message in hand, settled by its newest delivery: if the broker takes back the one it came with and delivers the
 * message again, that one takes its place. Confined to the event loop.
 */
final class HeldDelivery implements Delivery {

    /** How soon a message that the broker has taken back from a live consumer comes again, if all is well. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final Object name;
    private final long weight;
    private final PausableConsumer.Life life;
    private Delivery newest;
    private long takenBack = -1;

    /**
     * @param name by which it is found
     * @param life the consumer's that it came from
     */
    HeldDelivery(Object name, Delivery first, long weight, PausableConsumer.Life life) {
        this.name = name;
        this.newest = first;
        this.weight = weight;
        this.life = life;
    }

    Object name() {
        return name;
    }

    long weight() {
        return weight;
    }

    PausableConsumer.Life life() {
        return life;
    }

    /** The message has come again. */
    void renew(Delivery again) {
        newest = again;
        takenBack = -1;
    }

    /** How often handlers have failed it before it waited in the broker. */
    int failures() {
        return RestoredDelivery.failures(newest);
    }

    /** Whether the broker has taken the message back, and may deliver it again any moment. */
    boolean awaited() {
        if (live()) {
            return false;
        }
        if (takenBack < 0) {
            takenBack = System.nanoTime();
        }
        return System.nanoTime() - takenBack < SOON.toNanos();
    }

    @Override
    public BridgeMessage message() {
        return newest.message();
    }

    @Override
    public String incomplete() {
        return newest.incomplete();
    }

    @Override
    public boolean redelivered() {
        return newest.redelivered();
    }

    @Override
    public void forget() {
        newest.forget();
    }

    @Override
    public boolean live() {
        return newest.live();
    }

    @Override
    public void settle(Settlement settlement) {
        newest.settle(settlement);
    }
}
