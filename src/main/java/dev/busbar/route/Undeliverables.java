package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.config.InboundRoute;
import io.vertx.core.Future;
import java.util.List;

/**
 * Where deliveries go that will not be tried again, as an inbound route says: dead-lettered, parked or dropped. For
 * consumers that are not routes. On the event loop of the connection.
 */
public final class Undeliverables {

    private final LastResort lastResort;
    private final Publisher publisher;

    private Undeliverables(LastResort lastResort, Publisher publisher) {
        this.lastResort = lastResort;
        this.publisher = publisher;
    }

    /** @param as whose name, queue and {@code onFailure} they get; it need not run */
    public static Future<Undeliverables> open(BrokerConnection publishing, InboundRoute as) {
        var topology = Resorts.topology(as);
        if (topology == null) {
            return Future.succeededFuture(new Undeliverables(Resorts.of(as, null), null));
        }
        return publishing
                .publisher(new PublisherSpec(as.name(), List.of(topology)))
                .map(publisher -> new Undeliverables(Resorts.of(as, new Departure(publisher)), publisher));
    }

    /**
     * @param reason in words for a person
     * @return completes when the message is safe where it should be, so that the delivery may be accepted
     */
    public Future<Void> take(Delivery delivery, String reason, int attempts) {
        return lastResort.take(new Undelivered(delivery, reason, attempts));
    }

    public Future<Void> close() {
        return publisher == null ? Future.succeededFuture() : publisher.close();
    }
}
