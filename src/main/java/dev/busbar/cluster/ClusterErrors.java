package dev.busbar.cluster;

import dev.busbar.config.ClusterConfig;
import java.net.BindException;

/** What goes wrong when a node joins, in terms of the configuration. */
final class ClusterErrors {

    private ClusterErrors() {}

    static ClusterException translate(Throwable failure, ClusterConfig config) {
        if (failure instanceof ClusterException known) {
            return known;
        }
        var said = said(failure);
        if (said.contains("Cannot assign requested address") || said.contains("UnknownHost")) {
            return new ClusterException(
                    "cluster.host = " + config.host() + ", cluster.eventBus.host = "
                            + config.eventBus().host() + ": this machine does not have both addresses (" + said
                            + "). Set them to some it has",
                    failure);
        }
        if (isTaken(failure)) {
            // Of the event bus it comes as it is, of a cluster manager inside of what it says itself.
            if (failure instanceof BindException) {
                return taken(
                        "cluster.eventBus.port",
                        config.eventBus().port(),
                        config.eventBus().host(),
                        failure);
            }
            if (config.file() == null) {
                return taken("cluster.port", config.port(), config.host(), failure);
            }
        }
        return new ClusterException(
                "this node cannot join its cluster: " + said
                        + (config.file() == null ? "" : " (cluster.file = " + config.file() + ")"),
                failure);
    }

    private static ClusterException taken(String key, int port, String host, Throwable failure) {
        return new ClusterException(
                key + " = " + port + ": cannot listen on " + host + ":" + port
                        + ", which is in use. Stop what uses it, or set it to a free one",
                failure);
    }

    private static boolean isTaken(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage());
            if (cause instanceof BindException
                    || message.contains("already in use")
                    || message.contains("Address already")) {
                return true;
            }
        }
        return false;
    }

    private static String said(Throwable failure) {
        var deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }
}
