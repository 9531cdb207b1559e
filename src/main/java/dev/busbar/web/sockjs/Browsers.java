package dev.busbar.web.sockjs;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Counts and lists the browsers connected to this node, over all its event loops. May be used from any thread. */
public final class Browsers {

    private final List<BrowserBridge> bridges = new CopyOnWriteArrayList<>();
    private final LongAdder sockets = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder tooSlow = new LongAdder();

    void add(BrowserBridge bridge) {
        bridges.add(bridge);
    }

    void opened() {
        sockets.increment();
    }

    void closed() {
        sockets.decrement();
    }

    /** Counts a socket or connection that was refused because there were too many. */
    public void refused() {
        refused.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void tooSlow() {
        tooSlow.increment();
    }

    public BrowserCounts counts() {
        return new BrowserCounts(sockets.sum(), refused.sum(), dropped.sum(), tooSlow.sum());
    }

    /** Returns the browsers that have been connected longest, at most {@code max}, the oldest first. */
    public Future<List<BrowserStatus>> oldest(int max) {
        var oldest = bridges.stream().map(bridge -> bridge.oldest(max)).toList();
        return Future.join(oldest)
                .map(all -> oldest.stream()
                        .flatMap(ofOneLoop -> ofOneLoop.result().stream())
                        .sorted(Comparator.comparing(BrowserStatus::since))
                        .limit(max)
                        .toList());
    }
}
