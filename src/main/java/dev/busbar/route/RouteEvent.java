package dev.busbar.route;

import dev.busbar.config.FailureAction;
import dev.busbar.delivery.SendFailure;

/** The events that a route counts. Their names and descriptions are those of its metrics. */
public enum RouteEvent {
    /** Counts deliveries received from the broker. */
    RECEIVED("deliveries received from the broker"),
    /** Counts deliveries settled as accepted after their handling. */
    HANDLED("deliveries settled as accepted after their handling"),
    /** Counts deliveries given to a handler again after a failure. */
    RETRIED("deliveries given to a handler again after a failure"),
    /** Counts deliveries that wait in the broker to be given to a handler again. */
    DELAYED("deliveries that wait in the broker to be given to a handler again"),
    /** Counts deliveries given back because too many bytes were in hand. */
    GIVEN_BACK("deliveries given back because too many bytes were in hand"),
    /** Counts deliveries moved to the dead-letter exchange. */
    DEAD_LETTERED("deliveries moved to the dead-letter exchange"),
    /** Counts deliveries moved to the parking queue. */
    PARKED("deliveries moved to the parking queue"),
    /** Counts deliveries or buffered messages let go, as the route's configuration says. */
    DROPPED("deliveries or buffered messages let go, as the route's configuration says"),
    /** Counts bodies or headers that could not be read or written. */
    UNREADABLE("bodies or headers that could not be read or written"),
    /** Counts deliveries that do not meet the conditions of the route. */
    FILTERED("deliveries that do not meet the conditions of the route"),
    /** Counts deliveries recognised as settled before, and not handled again. */
    DUPLICATES("deliveries recognised as settled before, and not handled again"),
    /** Counts tries that found no handler on the event bus. */
    UNHANDLED("tries that found no handler on the event bus"),
    /** Counts replies sent to whoever asked. */
    REPLIES("replies sent to whoever asked"),
    /** Counts replies that could not be sent. */
    REPLIES_LOST("replies that could not be sent"),
    /** Counts messages taken from the event bus for publishing. */
    ACCEPTED("messages taken from the event bus for publishing"),
    /** Counts messages confirmed by the broker. */
    CONFIRMED("messages confirmed by the broker"),
    /** Counts mandatory messages that no queue took. */
    UNROUTABLE("mandatory messages that no queue took"),
    /** Counts messages the broker would not have. */
    REFUSED("messages the broker would not have"),
    /** Counts deliveries rejected after their last attempt, or messages not taken because the buffer was full. */
    REJECTED("deliveries rejected after their last attempt, or messages not taken because the buffer was full"),
    /** Counts messages whose sender was told that time was up. */
    TIMED_OUT("messages whose sender was told that time was up"),
    /** Counts messages given up at a stop, unconfirmed. */
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
            case REJECT -> REJECTED;
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

    /**
     * Returns what is counted, in words.
     *
     * @return the description of the metric
     */
    public String description() {
        return description;
    }
}
