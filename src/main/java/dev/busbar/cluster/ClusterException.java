package dev.busbar.cluster;

/** What keeps a node out of its cluster, in words for a person. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
