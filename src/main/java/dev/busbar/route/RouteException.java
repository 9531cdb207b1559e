package dev.busbar.route;

import dev.busbar.text.UserFacingFailure;

/** Tells that a route cannot run; the message names the route, the reason and the remedy. Carries no stack trace. */
public final class RouteException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    RouteException(String route, String message) {
        this(route, message, null);
    }

    RouteException(String route, String message, Throwable cause) {
        super("route '" + route + "' " + message, cause, false, false);
    }
}
