package dev.busbar.broker;

import dev.busbar.log.CleanLogger;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;

/**
 * Keeps the filters bound to one queue through all its connections, for {@link Subscription#bind} and
 * {@link Subscription#unbind}. Filters that the broker has confirmed are declared together with the queue at each
 * connection. Changes are sent in batches, one batch at a time, so that two changes of one filter arrive in the order
 * requested. Of several waiting changes of a filter only the last is sent. Memory grows with the filters bound and with
 * those to be removed at the next connection. Confined to the connection's event loop.
 */
public final class Bindings {

    private static final Logger LOG = CleanLogger.of(Bindings.class);
    private static final int MAX_CHANGES_PER_BATCH = 256;
    private static final long RETRY_DELAY_MILLIS = 100;
    private static final int MAX_FILTERS_PER_REBIND = 1_000;

    private final ContextInternal context;
    private final String name;
    private final BindingWire wire;
    private final Map<TopicFilter, Binding> bindings = new LinkedHashMap<>();
    private final Set<Binding> waitingChanges = new LinkedHashSet<>();
    private boolean connected;
    private boolean sending;
    private boolean retryScheduled;
    private long connectionCount;
    private int nextToRebind;
    private BrokerException endFailure;

    /**
     * Makes the bindings of a queue that is not connected yet.
     *
     * @param name of the subscription, for messages
     * @param initial the filters declared with the queue from the first connection on
     * @param wire sends the changes
     */
    public Bindings(ContextInternal context, String name, List<TopicFilter> initial, BindingWire wire) {
        this.context = context;
        this.name = name;
        this.wire = wire;
        initial.forEach(filter -> bindings.put(filter, Binding.declared(filter)));
    }

    /** Returns the filters to declare with the queue: those that are wanted and that the broker has accepted. */
    public List<TopicFilter> declared() {
        return bindings.values().stream()
                .filter(Binding::isDeclared)
                .map(Binding::filter)
                .toList();
    }

    /**
     * Binds a filter.
     *
     * @return see {@link Subscription#bind}
     */
    public Future<Void> bind(TopicFilter filter) {
        return change(filter, true);
    }

    /**
     * Unbinds a filter.
     *
     * @return see {@link Subscription#unbind}
     */
    public Future<Void> unbind(TopicFilter filter) {
        return change(filter, false);
    }

    private Future<Void> change(TopicFilter filter, boolean bound) {
        if (endFailure != null) {
            return Future.failedFuture(endFailure);
        }
        var binding = bindings.computeIfAbsent(filter, Binding::unknown);
        if (!bound && binding.neverSent()) {
            // Some brokers close the channel over a binding they do not have.
            bindings.remove(filter);
            waitingChanges.remove(binding);
            binding.failed(Binding.unboundEarly(filter));
            return Future.succeededFuture();
        }
        var changes = binding.want(bound, context);
        if (!changes && binding.isDeclared() && connected) {
            return Future.succeededFuture();
        }
        // Unbinding needs no connection to succeed: the broker is told at the next one.
        Future<Void> asked = bound || connected ? binding.asked(context) : Future.succeededFuture();
        if (changes) {
            waitingChanges.add(binding);
            send();
        }
        return asked;
    }

    /**
     * Notes that the connection stands and that all {@link #declared} filters are live, and sends the changes that
     * wait.
     */
    public void connected() {
        connected = true;
        connectionCount++;
        List.copyOf(bindings.values()).stream().filter(Binding::isDeclared).forEach(Binding::made);
        send();
    }

    /** Notes that the connection is lost. Changes wait for the next one. */
    public void disconnected() {
        connected = false;
    }

    /**
     * Has up to {@value #MAX_FILTERS_PER_REBIND} of the {@link #declared} filters bound again, the next ones at each
     * call. Does nothing while a batch of changes is under way, or without a connection.
     *
     * @param binding binds these filters; its future's failure is ignored here
     * @return the future of {@code binding}
     */
    public Future<Void> again(Function<List<TopicFilter>, Future<Void>> binding) {
        if (!connected || sending) {
            return Future.succeededFuture();
        }
        var all = declared();
        var from = nextToRebind < all.size() ? nextToRebind : 0;
        nextToRebind = Math.min(from + MAX_FILTERS_PER_REBIND, all.size());
        sending = true;
        return binding.apply(all.subList(from, nextToRebind)).onComplete(ignored -> {
            sending = false;
            send();
        });
    }

    /**
     * Ends the bindings for good: fails all waiting futures and all later requests. Idempotent.
     *
     * @param reason what has become of the subscription, e.g. {@code stopped}
     */
    public void end(String reason) {
        if (endFailure == null) {
            endFailure = new BrokerException(
                    BrokerException.Kind.REFUSED,
                    "the bindings of subscription '" + name + "' change no more: it has been " + reason);
            connected = false;
            for (var binding : waitingChanges) {
                if (!binding.wanted()) {
                    LOG.warn("{}: the queue may still have the binding '{}'", name, binding.filter());
                }
            }
            waitingChanges.clear();
            List.copyOf(bindings.values()).forEach(binding -> binding.failed(endFailure));
        }
    }

    private void send() {
        if (!connected || sending || retryScheduled || waitingChanges.isEmpty()) {
            return;
        }
        var batch = waitingChanges.stream().limit(MAX_CHANGES_PER_BATCH).toList();
        batch.forEach(waitingChanges::remove);
        batch.forEach(Binding::sent);
        var changes = batch.stream()
                .map(it -> new BindingChange(it.filter(), it.wanted()))
                .toList();
        var sentOnConnection = connectionCount;
        sending = true;
        var results = wire.apply(changes);
        Future.join(results).onComplete(ignored -> {
            sending = false;
            applyResults(batch, changes, results, sentOnConnection);
            send();
        });
    }

    private void applyResults(
            List<Binding> batch, List<BindingChange> changes, List<Future<Void>> results, long sentOnConnection) {
        var again = new ArrayList<Binding>();
        for (int i = 0; i < batch.size() && endFailure == null; i++) {
            var binding = batch.get(i);
            if (binding.wanted() != changes.get(i).bound()) {
                // Changed again meanwhile: the later change waits for the next batch already.
                continue;
            }
            waitingChanges.remove(binding);
            var failure = failure(results.get(i));
            if (!connected
                    || sentOnConnection != connectionCount
                    || failure != null && failure.kind().mayPass()) {
                again.add(binding);
            } else if (failure == null) {
                made(binding);
            } else {
                refused(binding, failure);
            }
        }
        waitingChanges.addAll(again);
        if (connected && !again.isEmpty()) {
            scheduleRetry();
        }
    }

    private static BrokerException failure(Future<Void> result) {
        return result.succeeded()
                ? null
                : result.cause() instanceof BrokerException known
                        ? known
                        : new BrokerException(BrokerException.Kind.REFUSED, Causes.rootMessage(result.cause()));
    }

    private void made(Binding binding) {
        if (!binding.wanted()) {
            bindings.remove(binding.filter());
        }
        binding.made();
    }

    private void refused(Binding binding, BrokerException failure) {
        var missing = failure.kind() == BrokerException.Kind.NOT_FOUND;
        if (missing && !binding.wanted()) {
            made(binding);
        } else if (missing && binding.retryOnce()) {
            waitingChanges.add(binding);
            connected = false;
            wire.redeclare(failure);
        } else {
            bindings.remove(binding.filter());
            if (!binding.failed(failure)) {
                LOG.warn("{}: binding '{}' could not be changed: {}", name, binding.filter(), failure.getMessage());
            }
        }
    }

    /** Sends the waiting changes after a pause, because a change has failed although the connection seems to stand. */
    private void scheduleRetry() {
        retryScheduled = true;
        context.setTimer(RETRY_DELAY_MILLIS, id -> {
            retryScheduled = false;
            send();
        });
    }
}
