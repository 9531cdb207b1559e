package dev.busbar.hub;

import dev.busbar.config.HandOverConfig;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import io.vertx.core.internal.ContextInternal;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * Calls the listeners of one event loop, or of one worker context. The hub's event loop fills its backlog; all else
 * happens on the listeners' own loop, a limited number of calls in one turn, so that what they write can go out in
 * between.
 */
final class ListenerLoop {

    private static final ThrottledLog FAILURES =
            new ThrottledLog(CleanLogger.of(ListenerLoop.class), Level.ERROR, "subscriptions");
    private static final int MAX_CALLS_PER_TURN = 4_096;

    private final ContextInternal context;
    private final Backlog backlog;
    private final Map<FilterBinding, FilterListeners> listenersByBinding = new IdentityHashMap<>();
    /** The sequence number of the message handed over last. Used on the hub's event loop. */
    private long lastHanded = -1;
    /** How many listeners there are or are about to be. Used on the hub's event loop. */
    private int listeners;

    /** @param relieved called when the loop keeps up again after congestion; must not block */
    ListenerLoop(ContextInternal context, HandOverConfig bounds, Runnable relieved) {
        this.context = context;
        this.backlog = new Backlog(bounds, relieved);
    }

    /**
     * Hands over a message, once however many filters it matches. On the hub's event loop.
     *
     * @return whether the loop is congested
     */
    boolean hand(HubMessage message, List<FilterBinding> matched, long bytes) {
        if (lastHanded == message.sequence()) {
            return false;
        }
        lastHanded = message.sequence();
        post(new Backlog.Handed(message, matched, bytes));
        return backlog.congested();
    }

    /** From any thread. */
    boolean congested() {
        return backlog.congested();
    }

    /** Runs work on this loop after all that has been handed over before. */
    void post(Runnable work) {
        post(new Backlog.Errand(work));
    }

    private void post(Backlog.Item item) {
        if (backlog.add(item)) {
            context.runOnContext(ignored -> run());
        }
    }

    int listeners(int more) {
        listeners += more;
        return listeners;
    }

    private void run() {
        for (var calls = 0; calls < MAX_CALLS_PER_TURN; ) {
            var item = backlog.poll();
            if (item == null) {
                return;
            }
            try {
                calls += 1 + handle(item);
            } catch (RuntimeException e) {
                FAILURES.add("something handed over to an event loop could not be dealt with", e);
            }
        }
        context.runOnContext(ignored -> run());
    }

    private int handle(Backlog.Item item) {
        if (item instanceof Backlog.Handed handed) {
            return handled(handed);
        } else if (item instanceof Backlog.Gap gap) {
            interrupt(gap.missed(), "this event loop does not keep up: messages have been dropped");
        } else if (item instanceof Backlog.Errand errand) {
            errand.work().run();
        }
        return 0;
    }

    private int handled(Backlog.Handed handed) {
        var calls = 0;
        for (var binding : handed.matched()) {
            var filterListeners = listenersByBinding.get(binding);
            if (filterListeners != null) {
                var present = filterListeners.present();
                calls += present.length;
                for (var listener : present) {
                    listener.deliver(handed.message());
                }
            }
        }
        return calls;
    }

    /** Tells all listeners that they may have missed messages. */
    void interruptAll(String reason) {
        interrupt(List.copyOf(listenersByBinding.keySet()), reason);
    }

    /** Tells the listeners of one binding, after all that has been handed over before. From the hub's event loop. */
    void interrupt(FilterBinding binding, String reason) {
        post(() -> interrupt(List.of(binding), reason));
    }

    private void interrupt(Iterable<FilterBinding> missed, String reason) {
        for (var binding : missed) {
            var filterListeners = listenersByBinding.get(binding);
            if (filterListeners != null) {
                Arrays.stream(filterListeners.present()).forEach(listener -> listener.interrupted(reason));
            }
        }
    }

    void add(Registration listener) {
        listenersByBinding
                .computeIfAbsent(listener.binding(), FilterListeners::new)
                .add(listener);
    }

    void remove(Registration listener) {
        var filterListeners = listenersByBinding.get(listener.binding());
        if (filterListeners != null && filterListeners.remove(listener)) {
            listenersByBinding.remove(listener.binding());
        }
    }

    void complain(FilterBinding binding, Throwable failure) {
        var filterListeners = listenersByBinding.get(binding);
        if (filterListeners != null) {
            filterListeners.complain(failure);
        }
    }
}
