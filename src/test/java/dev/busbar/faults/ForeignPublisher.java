package dev.busbar.faults;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.ForeignWire;
import dev.busbar.testing.broker.Wire091;
import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Publishes numbers, persistent and confirmed, in order. What is unconfirmed when the connection is lost it publishes
 * again under the same id, before anything newer, as a careful client of any language does.
 */
final class ForeignPublisher extends ForeignClient {

    private static final int WINDOW = 1_000;
    private static final int LOOK_MILLIS = 10;

    private final String exchange;
    private final String key;
    private final Ledger ledger;
    private final Pace pace;
    private final BitSet again = new BitSet();
    private volatile int confirmedBefore;
    private int begun;

    /** @param key what its keys begin with */
    ForeignPublisher(String uri, String exchange, String key, Ledger ledger, int count) {
        this(new Wire091(uri), exchange, key, ledger, Pace.all(count));
    }

    /** @param key what its keys begin with */
    ForeignPublisher(ForeignWire wire, String exchange, String key, Ledger ledger, Pace pace) {
        super(wire, "foreign publisher");
        this.exchange = exchange;
        this.key = key;
        this.ledger = ledger;
        this.pace = pace;
    }

    @Override
    boolean isDone() {
        return pace.hasEnded() && confirmedBefore == pace.allowed();
    }

    @Override
    void use(ForeignWire.Link link) throws Exception {
        var unconfirmed = new ConcurrentSkipListSet<Integer>();
        var window = new Semaphore(WINDOW);
        var next = confirmedBefore;
        try {
            while (!(pace.hasEnded() && next == pace.allowed())) {
                if (next < pace.allowed()) {
                    acquire(link, window);
                    var n = next;
                    unconfirmed.add(n);
                    count(n);
                    link.publish(message(n), () -> {
                        unconfirmed.remove(n);
                        ledger.safe(n);
                        window.release();
                    });
                    next++;
                } else {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            }
            for (var i = 0; i < WINDOW; i++) {
                acquire(link, window);
            }
        } finally {
            var oldest = unconfirmed.ceiling(0);
            confirmedBefore = oldest == null ? next : oldest;
        }
    }

    private synchronized void count(int n) {
        if (n < begun) {
            again.set(n);
        }
        begun = Math.max(begun, n + 1);
    }

    /** What it has published more than once. */
    synchronized BitSet publishedAgain() {
        return (BitSet) again.clone();
    }

    private static void acquire(ForeignWire.Link link, Semaphore window) throws InterruptedException {
        while (!window.tryAcquire(100, TimeUnit.MILLISECONDS)) {
            if (!link.isOpen()) {
                throw new IllegalStateException("lost");
            }
        }
    }

    private BridgeMessage message(int n) {
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .persistent(true)
                .messageId(key + "-" + n)
                .build();
        return new BridgeMessage(exchange, key + "." + n, properties, Buffer.buffer("{\"n\":" + n + "}"));
    }
}
