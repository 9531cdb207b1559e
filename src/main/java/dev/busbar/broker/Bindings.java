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
 * The filters bound to one queue, through all its connections: what {@link Subscription#bind} and
 * {@link Subscription#unbind} ask for. Those the broker has confirmed are declared with the queue at each connection;
 * what changes meanwhile is sent in batches, one at a time, so that two changes of one filter come in the order asked.
 * Of several changes of a filter that wait, only the last is sent. As large as the filters bound, and those to be taken
 * away at the next connection. Confined to the connection's event loop.
 */
public final class Bindings {

    private static final Logger LOG = CleanLogger.of(Bindings.class);
    private static final int BATCH = 256;
    private static final long RETRY_MILLIS = 100;
    private static final int LOOK = 1_000;

    private final ContextInternal context;
    private final String name;
    private final BindingWire wire;
    private final Map<TopicFilter, Binding> bindings = new LinkedHashMap<>();
    private final Set<Binding> changed = new LinkedHashSet<>();
    private boolean connected;
    private boolean sending;
    private boolean resting;
    private long connections;
    private int looked;
    private BrokerException ended;

    /** @param name of the subscription, for messages */
    public Bindings(ContextInternal context, String name, List<TopicFilter> initial, BindingWire wire) {
        this.context = context;
        this.name = name;
        this.wire = wire;
        initial.forEach(filter -> bindings.put(filter, Binding.declared(filter)));
    }

    /** What to declare with the queue: what it is to have and the broker has been seen to accept. */
    public List<TopicFilter> declared() {
        return bindings.values().stream()
                .filter(Binding::isDeclared)
                .map(Binding::filter)
                .toList();
    }

    /** @return see {@link Subscription#bind} */
    public Future<Void> bind(TopicFilter filter) {
        return change(filter, true);
    }

    /** @return see {@link Subscription#unbind} */
    public Future<Void> unbind(TopicFilter filter) {
        return change(filter, false);
    }

    private Future<Void> change(TopicFilter filter, boolean bound) {
        if (ended != null) {
            return Future.failedFuture(ended);
        }
        var binding = bindings.computeIfAbsent(filter, Binding::unknown);
        if (!bound && binding.neverSent()) {
            // Some brokers close the channel over a binding they do not have.
            bindings.remove(filter);
            changed.remove(binding);
            binding.failed(Binding.unboundEarly(filter));
            return Future.succeededFuture();
        }
        var changes = binding.want(bound, context);
        if (!changes && binding.isDeclared() && connected) {
            return Future.succeededFuture();
        }
        // Whoever unbinds has said all there is to say; the broker hears of it when it is there again.
        Future<Void> asked = bound || connected ? binding.asked(context) : Future.succeededFuture();
        if (changes) {
            changed.add(binding);
            send();
        }
        return asked;
    }

    /** All that is {@link #declared} is live; the rest follows. */
    public void connected() {
        connected = true;
        connections++;
        List.copyOf(bindings.values()).stream().filter(Binding::isDeclared).forEach(Binding::made);
        send();
    }

    public void disconnected() {
        connected = false;
    }

    /**
     * Has up to a thousand of those {@link #declared} bound again, other ones each time, while nothing changes; does
     * nothing if something is changing just now.
     */
    public Future<Void> again(Function<List<TopicFilter>, Future<Void>> binding) {
        if (!connected || sending) {
            return Future.succeededFuture();
        }
        var all = declared();
        var from = looked < all.size() ? looked : 0;
        looked = Math.min(from + LOOK, all.size());
        sending = true;
        return binding.apply(all.subList(from, looked)).onComplete(ignored -> {
            sending = false;
            send();
        });
    }

    /** For good: whoever waits is told. */
    public void end(String reason) {
        if (ended == null) {
            ended = new BrokerException(
                    BrokerException.Kind.REFUSED,
                    "the bindings of subscription '" + name + "' change no more: it has been " + reason);
            connected = false;
            for (var binding : changed) {
                if (!binding.wanted()) {
                    LOG.warn("{}: the queue may still have the binding '{}'", name, binding.filter());
                }
            }
            changed.clear();
            List.copyOf(bindings.values()).forEach(binding -> binding.failed(ended));
        }
    }

    private void send() {
        if (!connected || sending || resting || changed.isEmpty()) {
            return;
        }
        var batch = changed.stream().limit(BATCH).toList();
        batch.forEach(changed::remove);
        batch.forEach(Binding::sent);
        var changes = batch.stream()
                .map(it -> new BindingChange(it.filter(), it.wanted()))
                .toList();
        var during = connections;
        sending = true;
        var results = wire.apply(changes);
        Future.join(results).onComplete(ignored -> {
            sending = false;
            settle(batch, changes, results, during);
            send();
        });
    }

    private void settle(List<Binding> batch, List<BindingChange> changes, List<Future<Void>> results, long during) {
        var again = new ArrayList<Binding>();
        for (int i = 0; i < batch.size() && ended == null; i++) {
            var binding = batch.get(i);
            if (binding.wanted() != changes.get(i).bound()) {
                // Asked otherwise meanwhile, and waits for its turn already.
                continue;
            }
            changed.remove(binding);
            var failure = failure(results.get(i));
            if (!connected
                    || during != connections
                    || failure != null && failure.kind().mayPass()) {
                again.add(binding);
            } else if (failure == null) {
                made(binding);
            } else {
                refused(binding, failure);
            }
        }
        changed.addAll(again);
        if (connected && !again.isEmpty()) {
            rest();
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
            changed.add(binding);
            connected = false;
            wire.redeclare(failure);
        } else {
            bindings.remove(binding.filter());
            if (!binding.failed(failure)) {
                LOG.warn("{}: binding '{}' could not be changed: {}", name, binding.filter(), failure.getMessage());
            }
        }
    }

    /** Before it asks again for what did not get through, though the connection seems to stand. */
    private void rest() {
        resting = true;
        context.setTimer(RETRY_MILLIS, id -> {
            resting = false;
            send();
        });
    }
}
