package dev.busbar.delivery;

import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.Topology;
import dev.busbar.config.FailureAction;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.Otherwise;

/** Makes the handler that a route's {@code onFailure.then} asks for, and tells what it needs on the broker. */
public final class UndeliveredHandlers {

    private UndeliveredHandlers() {}

    public static UndeliveredHandler of(InboundRoute route, ConfirmedPublisher publisher) {
        return switch (route.onFailure().then()) {
            case DEAD_LETTER -> new DeadLetter(route, publisher);
            case PARK -> new Park(route, publisher);
            case DROP -> new Drop();
            case REJECT -> new Reject();
        };
    }

    /** Warns in the log if the broker deletes what the route rejects, as far as can be seen. */
    public static void warnOfLoss(InboundRoute route) {
        Reject.warnOfLoss(route);
    }

    /** Returns whether the handler publishes messages elsewhere. */
    public static boolean publishes(InboundRoute route) {
        return switch (route.onFailure().then()) {
            case DEAD_LETTER, PARK -> true;
            case DROP, REJECT -> false;
        };
    }

    /** Returns the exchange or queue to declare for the handler; {@code null} if there is none. */
    public static Topology topology(InboundRoute route) {
        var onFailure = route.onFailure();
        return switch (onFailure.then()) {
            case DEAD_LETTER -> onFailure.deadLetter().declare() ? DeadLetter.topology(route) : null;
            case PARK -> onFailure.park().declare() ? Park.topology(route) : null;
            case DROP, REJECT -> null;
        };
    }

    /** Returns the queue in which the handler leaves messages, and its exchange; {@code null} if it is not known. */
    public static Topology kept(InboundRoute route) {
        return switch (route.onFailure().then()) {
            case DEAD_LETTER -> DeadLetter.topology(route);
            case PARK -> Park.topology(route);
            case DROP, REJECT -> null;
        };
    }

    /** Returns why this broker cannot do what the route asks for, and the remedy; {@code null} if it can. */
    public static String problem(InboundRoute route, BrokerTraits traits) {
        if (route.otherwise() == Otherwise.REJECT && traits.putsBackRejected()) {
            return "from.otherwise is reject, and Apache Qpid Broker-J puts a rejected message back into its queue, so that"
                    + " it would come again for ever. Set from.otherwise to accept";
        }
        return route.onFailure().then() == FailureAction.REJECT && traits.putsBackRejected()
                ? "onFailure.then is reject, and Apache Qpid Broker-J puts a rejected message back into its queue, so that"
                        + " it would come again for ever. Set onFailure.then to dead-letter, park or drop"
                : null;
    }
}
