package dev.busbar.mq;

import dev.busbar.text.UserFacingFailure;

/** Tells that another consumer on this node has the persistent name. */
public final class NameTakenException extends IllegalStateException implements UserFacingFailure {

    private static final long serialVersionUID = 1L;

    NameTakenException(String name) {
        super("the persistent name '" + name + "' is consumed on this node already;"
                + " stop that consumer first, or choose another name");
    }
}
