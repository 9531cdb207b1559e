package dev.busbar.route;

import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Topology;
import dev.busbar.config.FailureAction;
import dev.busbar.config.InboundRoute;
import dev.busbar.delivery.ConfirmedPublisher;
import dev.busbar.delivery.MovedHeaders;
import dev.busbar.delivery.RestoredDelivery;
import dev.busbar.delivery.Undelivered;
import io.vertx.core.Future;
import java.util.List;

/**
 * Lets the messages of a route wait in the broker for their next attempt: their deliveries are settled and take no
 * place of the prefetch.
 */
abstract sealed class BrokerRetry {

    /**
     * Makes a message wait.
     *
     * @param failures how often handlers have failed on it
     * @param reason why the last one has
     * @return how to settle the delivery, once the message is safe; fails if the message has to wait here
     */
    abstract Future<Settlement> delay(Delivery delivery, int failures, String reason);

    /** Returns how often handlers have failed on a message that has come. */
    abstract int failures(Delivery arrived);

    /** Makes the one that the route and the broker need; {@code null} if messages wait in memory. */
    static BrokerRetry of(InboundRoute route, BrokerTraits traits, ConfirmedPublisher publisher) {
        if (!route.retriesInBroker()) {
            return null;
        }
        return delaysByItself(route, traits) ? new Native() : new Queues(route, publisher);
    }

    /** Returns the queues that have to exist on the broker for it. */
    static List<Topology> topologies(InboundRoute route, BrokerTraits traits) {
        return route.retriesInBroker() && !delaysByItself(route, traits) ? DelayQueue.topologies(route) : List.of();
    }

    /**
     * Checks the broker.
     *
     * @throws RouteException if messages cannot wait in it
     */
    static void check(InboundRoute route, BrokerTraits traits) {
        if (route.retriesInBroker() && !traits.delayQueues()) {
            throw new RouteException(
                    route.name(),
                    "cannot start: onFailure.wait is broker, and this broker is no RabbitMQ 3.10 or later, which alone"
                            + " can let a message wait and lose none. Set onFailure.wait to memory");
        }
        if (route.retriesInBroker()
                && !delaysByItself(route, traits)
                && route.onFailure().then() == FailureAction.REJECT
                && !route.queue().arguments().containsKey(DelayQueue.KEY_ARGUMENT)) {
            throw new RouteException(
                    route.name(),
                    "cannot start: onFailure.then is reject and wait is broker, and this broker does not know the queue's"
                            + " argument x-delayed-retry-type, as RabbitMQ does from 4.3 on. A message would come back"
                            + " under the name of the queue, and be dead-lettered under that. Set onFailure.wait to memory,"
                            + " or name an " + DelayQueue.KEY_ARGUMENT + " in from.queue.arguments");
        }
    }

    private static boolean delaysByItself(InboundRoute route, BrokerTraits traits) {
        return traits.delayedRetry() && route.queue().delaysRetries();
    }

    /** Uses RabbitMQ's own delay: a quorum queue delivers failed messages again after a while, and counts. */
    private static final class Native extends BrokerRetry {

        private static final String COUNT = "x-delivery-count";

        @Override
        Future<Settlement> delay(Delivery delivery, int failures, String reason) {
            return Future.succeededFuture(Settlement.FAILED);
        }

        /** At the first delivery the count is one that somebody else has left on the message. */
        @Override
        int failures(Delivery arrived) {
            if (!arrived.redelivered()) {
                return RestoredDelivery.failures(arrived);
            }
            var count = MovedHeaders.number(arrived.message().properties().headers(), COUNT);
            return Math.max(
                    RestoredDelivery.failures(arrived), Math.max(0, Math.min(count, RestoredDelivery.MAX_FAILURES)));
        }
    }

    /** Uses a {@link DelayQueue} for each pause. */
    private static final class Queues extends BrokerRetry {

        private final InboundRoute route;
        private final ConfirmedPublisher publisher;

        Queues(InboundRoute route, ConfirmedPublisher publisher) {
            this.route = route;
            this.publisher = publisher;
        }

        @Override
        Future<Settlement> delay(Delivery delivery, int failures, String reason) {
            return new DelayQueue(route, route.onFailure().pause(failures), publisher)
                    .take(new Undelivered(delivery, reason, failures))
                    .map(Settlement.ACCEPTED);
        }

        @Override
        int failures(Delivery arrived) {
            return RestoredDelivery.failures(arrived);
        }
    }
}
