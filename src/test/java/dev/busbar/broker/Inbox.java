package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Collects the deliveries of a test. */
public final class Inbox implements Handler<Delivery> {

    private static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<Delivery> received = new LinkedBlockingQueue<>();
    private final Settlement settlement;

    private Inbox(Settlement settlement) {
        this.settlement = settlement;
    }

    /** Returns an inbox that keeps deliveries unsettled. */
    public static Inbox keeping() {
        return new Inbox(null);
    }

    /** Returns an inbox that accepts each delivery at once. */
    public static Inbox accepting() {
        return new Inbox(Settlement.ACCEPTED);
    }

    @Override
    public void handle(Delivery delivery) {
        delivery.message();
        received.add(delivery);
        if (settlement != null) {
            delivery.settle(settlement);
        }
    }

    public Delivery take() {
        try {
            var delivery = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(delivery).as("a delivery").isNotNull();
            return delivery;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public List<Delivery> take(int count) {
        var taken = new ArrayList<Delivery>(count);
        for (var i = 0; i < count; i++) {
            taken.add(take());
        }
        return taken;
    }

    public String takeText() {
        return take().message().body().toString();
    }

    public List<String> takeTexts(int count) {
        return take(count).stream().map(it -> it.message().body().toString()).toList();
    }

    /** Returns how many deliveries have arrived and have not been taken. */
    public int size() {
        return received.size();
    }
}
