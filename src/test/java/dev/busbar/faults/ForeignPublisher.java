package dev.busbar.faults;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentSkipListMap;
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
    private volatile int confirmedBefore;

    /** @param key what its keys begin with */
    ForeignPublisher(String uri, String exchange, String key, Ledger ledger, int count) throws Exception {
        this(uri, exchange, key, ledger, Pace.all(count));
    }

    /** @param key what its keys begin with */
    ForeignPublisher(String uri, String exchange, String key, Ledger ledger, Pace pace) throws Exception {
        super(uri, "foreign publisher");
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
    void use(Channel channel) throws Exception {
        var unconfirmed = new ConcurrentSkipListMap<Long, Integer>();
        var window = new Semaphore(WINDOW);
        channel.confirmSelect();
        channel.addConfirmListener(
                (tag, multiple) -> {
                    var covered = multiple ? unconfirmed.headMap(tag, true) : unconfirmed.subMap(tag, true, tag, true);
                    for (var n : new ArrayList<>(covered.values())) {
                        ledger.safe(n);
                        window.release();
                    }
                    covered.clear();
                },
                (tag, multiple) -> channel.abort());
        var next = confirmedBefore;
        try {
            while (!(pace.hasEnded() && next == pace.allowed())) {
                if (next < pace.allowed()) {
                    acquire(channel, window);
                    unconfirmed.put(channel.getNextPublishSeqNo(), next);
                    publish(channel, next);
                    next++;
                } else {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            }
            for (var i = 0; i < WINDOW; i++) {
                acquire(channel, window);
            }
        } finally {
            var oldest = unconfirmed.firstEntry();
            confirmedBefore = oldest == null ? next : oldest.getValue();
        }
    }

    private static void acquire(Channel channel, Semaphore window) throws InterruptedException {
        while (!window.tryAcquire(100, TimeUnit.MILLISECONDS)) {
            if (!channel.isOpen()) {
                throw new IllegalStateException("lost");
            }
        }
    }

    private void publish(Channel channel, int n) throws Exception {
        var properties = new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .deliveryMode(2)
                .messageId(key + "-" + n)
                .build();
        channel.basicPublish(
                exchange, key + "." + n, properties, ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8));
    }
}
