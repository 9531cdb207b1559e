package dev.busbar.bench;

import com.rabbitmq.client.ConfirmListener;
import java.util.function.IntConsumer;

/** Tells how many publications each confirm covers, of a channel whose confirms come in order or not. */
final class Confirms implements ConfirmListener {

    private final IntConsumer covered;
    private final java.util.TreeSet<Long> single = new java.util.TreeSet<>();
    private long below = 1;

    Confirms(IntConsumer covered) {
        this.covered = covered;
    }

    @Override
    public void handleAck(long tag, boolean multiple) {
        var count = 0;
        if (multiple) {
            var known = single.headSet(tag, true);
            count = (int) (tag - below + 1) - known.size();
            known.clear();
            below = tag + 1;
        } else if (tag == below) {
            count = 1;
            below++;
        } else {
            count = 1;
            single.add(tag);
        }
        while (!single.isEmpty() && single.first() == below) {
            single.pollFirst();
            below++;
        }
        covered.accept(count);
    }

    @Override
    public void handleNack(long tag, boolean multiple) {
        throw new IllegalStateException("the broker refused a message");
    }
}
