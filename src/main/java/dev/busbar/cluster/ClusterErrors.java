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
        if (isTaken(failure)) {
            // The cluster manager is first; what comes after it is the event bus.
            var bus = said.contains(
                            config.eventBus().host() + ":" + config.eventBus().port())
                    || failure instanceof BindException;
            return bus && config.eventBus().port() != 0
                    ? taken(
                            "cluster.eventBus.port",
                            config.eventBus().port(),
                            config.eventBus().host(),
                            failure)
                    : taken("cluster.port", config.port() == null ? 0 : config.port(), config.host(), failure);
        }
        if (config.host() != null && said.contains("No matching network interface")) {
            return new ClusterException(
                    "cluster.host = " + config.host()
                            + ": this machine has no such address. Set it to one it has, or to" + " 0.0.0.0 for all",
                    failure);
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
