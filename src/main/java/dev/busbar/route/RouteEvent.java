package dev.busbar.route;

import dev.busbar.config.FailureAction;
import dev.busbar.delivery.SendFailure;

/** The events that a route counts. Their names and descriptions are those of its metrics. */
public enum RouteEvent {
    RECEIVED("deliveries received from the broker"),
    HANDLED("deliveries settled as accepted after their handling"),
    RETRIED("deliveries given to a handler again after a failure"),
    DELAYED("deliveries that wait in the broker to be given to a handler again"),
    GIVEN_BACK("deliveries given back because too many bytes were in hand"),
    DEAD_LETTERED("deliveries moved to the dead-letter exchange"),
    PARKED("deliveries moved to the parking queue"),
    DROPPED("deliveries or buffered messages let go, as the route's configuration says"),
    UNREADABLE("bodies or headers that could not be read or written"),
    DUPLICATES("deliveries recognised as settled before, and not handled again"),
    UNHANDLED("tries that found no handler on the event bus"),
    REPLIES("replies sent to whoever asked"),
    REPLIES_LOST("replies that could not be sent"),
    ACCEPTED("messages taken from the event bus for publishing"),
    CONFIRMED("messages confirmed by the broker"),
    UNROUTABLE("mandatory messages that no queue took"),
    REFUSED("messages the broker would not have"),
    REJECTED("messages not taken because the buffer was full"),
    TIMED_OUT("messages whose sender was told that time was up"),
    UNSENT("messages given up at a stop, unconfirmed");

    private final String description;

    RouteEvent(String description) {
        this.description = description;
    }

    /** Returns the event of a delivery whose attempts are used up. */
    static RouteEvent of(FailureAction action) {
        return switch (action) {
            case DEAD_LETTER -> DEAD_LETTERED;
            case PARK -> PARKED;
            case DROP -> DROPPED;
        };
    }

    /** Returns the event of a message whose sender is told this failure. */
    static RouteEvent of(SendFailure failure) {
        return switch (failure) {
            case UNROUTABLE -> UNROUTABLE;
            case REFUSED -> REFUSED;
            case BUFFER_FULL -> REJECTED;
            case TIMED_OUT -> TIMED_OUT;
            case UNREADABLE -> UNREADABLE;
            case STOPPED -> UNSENT;
        };
    }

    public String description() {
        return description;
    }
}
