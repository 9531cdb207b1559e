package dev.busbar.cluster;

import dev.busbar.text.UserFacingFailure;

/** Tells why a node cannot join its cluster: the message names the configuration key and the remedy. */
public final class ClusterException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
