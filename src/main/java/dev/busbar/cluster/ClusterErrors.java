package dev.busbar.cluster;

import dev.busbar.config.ClusterConfig;
import java.net.BindException;

/** Translates failures to join a cluster into exceptions that name the configuration key at fault. */
final class ClusterErrors {

    private ClusterErrors() {}

    static ClusterException translate(Throwable failure, ClusterConfig config) {
        if (failure instanceof ClusterException translated) {
            return translated;
        }
        var reason = rootMessage(failure);
        if (reason.contains("Cannot assign requested address") || reason.contains("UnknownHost")) {
            return new ClusterException(
                    "cluster.host = " + config.host() + ", cluster.eventBus.host = "
                            + config.eventBus().host() + ": this machine does not have both addresses (" + reason
                            + "). Set both keys to addresses of this machine",
                    failure);
        }
        if (isPortInUse(failure)) {
            // The event bus fails with a BindException, a cluster manager with an exception that contains one.
            if (failure instanceof BindException) {
                return portInUse(
                        "cluster.eventBus.port",
                        config.eventBus().port(),
                        config.eventBus().host(),
                        failure);
            }
            if (config.file() == null) {
                return portInUse("cluster.port", config.port(), config.host(), failure);
            }
        }
        return new ClusterException(
                "this node cannot join its cluster: " + reason
                        + (config.file() == null ? "" : " (cluster.file = " + config.file() + ")"),
                failure);
    }

    private static ClusterException portInUse(String key, int port, String host, Throwable failure) {
        return new ClusterException(
                key + " = " + port + ": cannot listen on " + host + ":" + port
                        + ", which is in use. Stop the process that uses it, or set " + key + " to a free port",
                failure);
    }

    private static boolean isPortInUse(Throwable failure) {
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

    private static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
