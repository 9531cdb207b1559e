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
            case DEAD_LETTER -> new DeadLetter(route.name(), route.exchange().name(), publisher);
            case PARK -> new Park(route.name(), owner(route), publisher);
            case DROP -> new Drop();
            case REJECT -> Reject.of(route);
        };
    }

    /** Returns the exchange or queue that the handler needs; {@code null} if it needs none. */
    public static Topology topology(InboundRoute route) {
        return switch (route.onFailure().then()) {
            case DEAD_LETTER -> DeadLetter.topology(route.exchange().name());
            case PARK -> Park.topology(owner(route));
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

    private static String owner(InboundRoute route) {
        return route.queue().name() == null ? route.name() : route.queue().name();
    }
}
