package dev.busbar.web.sockjs;

import dev.busbar.verticle.ContextCalls;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The browsers connected to this node, over all its event loops. From any thread. */
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

    /** Somebody was turned away. */
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

    /** Those that have been connected longest, at most so many. */
    public Future<List<BrowserStatus>> oldest(int most) {
        var asked = bridges.stream().map(bridge -> oldest(bridge, most)).toList();
        return Future.join(asked)
                .map(all -> asked.stream()
                        .flatMap(Future::result)
                        .sorted(Comparator.comparing(BrowserStatus::since))
                        .limit(most)
                        .toList());
    }

    /** Where the sockets are, since only their own event loop may look at them. */
    private static Future<Stream<BrowserStatus>> oldest(BrowserBridge bridge, int most) {
        return ContextCalls.call(
                bridge.home,
                () -> Future.succeededFuture(
                        bridge.sockets.stream().limit(most).map(BrowserSocket::status).toList().stream()));
    }
}
