package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Stands for a broker that makes changes of bindings when a test says so. */
final class ArrangedWire implements BindingWire {
    final List<List<BindingChange>> batches = new ArrayList<>();
    final Set<String> bound = new TreeSet<>();
    private List<Promise<Void>> open = List.of();

    @Override
    public List<Future<Void>> apply(List<BindingChange> changes) {
        assertThat(open).as("changes under way").isEmpty();
        batches.add(changes);
        open = changes.stream().map(it -> Promise.<Void>promise()).toList();
        return open.stream().map(Promise::future).toList();
    }

    @Override
    public void redeclare(BrokerException cause) {
        throw new AssertionError(cause);
    }

    List<BindingChange> last() {
        return batches.get(batches.size() - 1);
    }

    /**
     * Makes the next change.
     *
     * @return whether there was one
     */
    boolean make() {
        var making = open;
        open = List.of();
        if (!making.isEmpty()) {
            last().forEach(it -> {
                if (it.bound()) {
                    bound.add(it.filter().toString());
                } else {
                    bound.remove(it.filter().toString());
                }
            });
        }
        making.forEach(Promise::complete);
        return !making.isEmpty();
    }

    void fail(BrokerException.Kind kind) {
        var failing = open;
        open = List.of();
        failing.forEach(it -> it.fail(new BrokerException(kind, "on purpose")));
    }

    /** Connects anew: the queue is gone with the earlier connection, and is declared with the filters known. */
    void connect(Bindings bindings) {
        fail(BrokerException.Kind.UNREACHABLE);
        bound.clear();
        bindings.declared().forEach(it -> bound.add(it.toString()));
        bindings.connected();
    }
}
