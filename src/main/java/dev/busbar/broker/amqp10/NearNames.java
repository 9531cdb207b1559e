package dev.busbar.broker.amqp10;

import dev.busbar.broker.KnownNames;
import dev.busbar.broker.Topology;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the names on the broker that are near those of missing queues and exchanges, where the broker lists names. Asks
 * once for each missing name in the life of a connection. Confined to the connection's event loop.
 */
final class NearNames {

    private final Peer peer;
    private final Map<String, Future<Set<String>>> found = new HashMap<>();

    private NearNames(Peer peer) {
        this.peer = peer;
    }

    static NearNames of(Peer peer) {
        return peer.kept(NearNames.class, NearNames::new);
    }

    /** Returns the topology with the name of the queue that was probably meant, if there is one. */
    Future<Topology> ofQueue(Topology topology) {
        var missing = topology.queue().name();
        return near("queue " + missing, missing, () -> peer.dialect().queueNames(peer))
                .map(near -> near.isEmpty() ? topology : topology.knowing(new KnownNames(near, Set.of())));
    }

    /** Returns the topology with the name of the exchange that was probably meant, if there is one. */
    Future<Topology> ofExchange(Topology topology) {
        var missing = topology.exchange().name();
        return near("exchange " + missing, missing, () -> peer.dialect().exchangeNames(peer))
                .map(near -> near.isEmpty() ? topology : topology.knowing(new KnownNames(Set.of(), near)));
    }

    private Future<Set<String>> near(String key, String missing, Supplier<Future<List<String>>> names) {
        return found.computeIfAbsent(
                key,
                ignored ->
                        names.get().map(them -> KnownNames.near(missing, them)).otherwise(Set.of()));
    }
}
