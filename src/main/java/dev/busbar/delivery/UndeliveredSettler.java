package dev.busbar.delivery;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.broker.Settlement;
import dev.busbar.config.FailureAction;
import dev.busbar.config.InboundRoute;
import io.vertx.core.Future;
import java.util.List;

/**
 * Dead-letters, parks, drops or rejects the deliveries of consumers that are not routes, as an inbound route would,
 * over a publisher of its own. Confined to the event loop of the connection.
 */
public final class UndeliveredSettler {

    private final UndeliveredHandler undeliveredHandler;
    private final Publisher publisher;

    private UndeliveredSettler(UndeliveredHandler undeliveredHandler, Publisher publisher) {
        this.undeliveredHandler = undeliveredHandler;
        this.publisher = publisher;
    }

    /**
     * Opens the publisher, if one is needed.
     *
     * @param as the route whose name, queue and {@code onFailure} count; it need not run
     * @return fails with a {@link BrokerException} if the broker cannot do what {@code onFailure} asks for
     */
    public static Future<UndeliveredSettler> open(BrokerConnection publishing, InboundRoute as) {
        if (as.onFailure().then() != FailureAction.REJECT) {
            return openPublisher(publishing, as);
        }
        return publishing.traits().compose(traits -> {
            var problem = UndeliveredHandlers.problem(as, traits);
            return problem == null
                    ? openPublisher(publishing, as)
                    : Future.failedFuture(new BrokerException(BrokerException.Kind.MISMATCH, problem));
        });
    }

    private static Future<UndeliveredSettler> openPublisher(BrokerConnection publishing, InboundRoute as) {
        if (!UndeliveredHandlers.publishes(as)) {
            return Future.succeededFuture(new UndeliveredSettler(UndeliveredHandlers.of(as, null), null));
        }
        var topology = UndeliveredHandlers.topology(as);
        return publishing
                .publisher(new PublisherSpec(as.name(), topology == null ? List.of() : List.of(topology)))
                .map(publisher -> new UndeliveredSettler(
                        UndeliveredHandlers.of(as, new ConfirmedPublisher(publisher)), publisher));
    }

    /** Returns a future that completes when the message is where it should be, so that the delivery may be settled. */
    public Future<Void> take(Undelivered undelivered) {
        return undeliveredHandler.take(undelivered);
    }

    /** Returns how to settle a delivery that has been taken. */
    public Settlement settlement() {
        return undeliveredHandler.settlement();
    }

    public Future<Void> close() {
        return publisher == null ? Future.succeededFuture() : publisher.close();
    }
}
