package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.delivery.RestoredDelivery;
import java.time.Duration;

/**
 * A message in hand, which is settled by its newest delivery: when the broker takes back the delivery that it came with
 * and delivers it again, the new delivery replaces the old one. Confined to the event loop.
 */
final class HeldDelivery implements Delivery {

    /** How long a message that the broker has taken back is expected to come again. */
    private static final Duration REDELIVERY_TIME = Duration.ofSeconds(3);

    private final Object name;
    private final long size;
    private final PausableConsumer.BrokerConsumer origin;
    private Delivery newest;
    private long takenBackNanos = -1;

    /**
     * @param name by which the message is found
     * @param origin the consumer that it came from
     */
    HeldDelivery(Object name, Delivery first, long size, PausableConsumer.BrokerConsumer origin) {
        this.name = name;
        this.newest = first;
        this.size = size;
        this.origin = origin;
    }

    Object name() {
        return name;
    }

    long size() {
        return size;
    }

    PausableConsumer.BrokerConsumer origin() {
        return origin;
    }

    /** The message has come again. */
    void renew(Delivery again) {
        newest = again;
        takenBackNanos = -1;
    }

    /** Returns how often handlers had failed on the message before it waited in the broker. */
    int failures() {
        return RestoredDelivery.failures(newest);
    }

    /** Returns whether the broker has taken the message back and may deliver it again any moment. */
    boolean awaited() {
        if (live()) {
            return false;
        }
        if (takenBackNanos < 0) {
            takenBackNanos = System.nanoTime();
        }
        return System.nanoTime() - takenBackNanos < REDELIVERY_TIME.toNanos();
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
