package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BindingWire;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Topology;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;

/** Changes the bindings of a queue that is being consumed, through the broker's dialect. */
final class Amqp10Bindings implements BindingWire {

    private final LinkLifecycle life;
    private final Topology topology;
    private final Supplier<String> queue;
    private final Supplier<List<TopicFilter>> present;

    /**
     * @param queue asked each time for the name that the queue has then
     * @param present asked for the filters that the queue is known to have and is to keep
     */
    Amqp10Bindings(LinkLifecycle life, Topology topology, Supplier<String> queue, Supplier<List<TopicFilter>> present) {
        this.life = life;
        this.topology = topology;
        this.queue = queue;
        this.present = present;
    }

    @Override
    public List<Future<Void>> apply(List<BindingChange> changes) {
        var session = life.session();
        if (session == null) {
            return failAll(changes, new BrokerException(Kind.UNREACHABLE, "there is no connection at present"));
        }
        if (topology.exchange().name().isEmpty()) {
            return changes.stream()
                    .map(change -> Future.<Void>failedFuture(new BrokerException(
                            Kind.REFUSED,
                            "refused " + change.doing(queue.get(), "")
                                    + ": nothing can be bound to the default exchange. Name another exchange")))
                    .toList();
        }
        var filters = new LinkedHashSet<>(present.get());
        changes.stream().filter(BindingChange::bound).map(BindingChange::filter).forEach(filters::add);
        return session.peer()
                .dialect()
                .rebind(session.peer(), topology.bound(List.copyOf(filters)), queue.get(), changes);
    }

    private static List<Future<Void>> failAll(List<BindingChange> changes, BrokerException failure) {
        return changes.stream()
                .map(change -> Future.<Void>failedFuture(failure))
                .toList();
    }

    @Override
    public void redeclare(BrokerException cause) {
        var session = life.session();
        if (session != null) {
            session.lost(cause);
        }
    }
}
