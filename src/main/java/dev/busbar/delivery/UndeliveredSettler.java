package dev.busbar.delivery;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.config.InboundRoute;
import io.vertx.core.Future;
import java.util.List;

/**
 * Dead-letters, parks or drops the deliveries of consumers that are not routes, as an inbound route would, over a
 * publisher of its own. Confined to the event loop of the connection.
 */
public final class UndeliveredSettler {

    private final UndeliveredHandler undeliveredHandler;
    private final Publisher publisher;

    private UndeliveredSettler(UndeliveredHandler undeliveredHandler, Publisher publisher) {
        this.undeliveredHandler = undeliveredHandler;
        this.publisher = publisher;
    }

    /** @param as the route whose name, queue and {@code onFailure} count; it need not run */
    public static Future<UndeliveredSettler> open(BrokerConnection publishing, InboundRoute as) {
        var topology = UndeliveredHandlers.topology(as);
        if (topology == null) {
            return Future.succeededFuture(new UndeliveredSettler(UndeliveredHandlers.of(as, null), null));
        }
        return publishing
                .publisher(new PublisherSpec(as.name(), List.of(topology)))
                .map(publisher -> new UndeliveredSettler(
                        UndeliveredHandlers.of(as, new ConfirmedPublisher(publisher)), publisher));
    }

    /** Returns a future that completes when the message is where it should be, so that the delivery may be accepted. */
    public Future<Void> take(Undelivered undelivered) {
        return undeliveredHandler.take(undelivered);
    }

    public Future<Void> close() {
        return publisher == null ? Future.succeededFuture() : publisher.close();
    }
}
