package dev.busbar.mq;

import dev.busbar.text.UserFacingFailure;

/** Tells who begins a persistent consumer that another one on this node has the name. */
public final class NameTakenException extends IllegalStateException implements UserFacingFailure {

    private static final long serialVersionUID = 1L;

    NameTakenException(String name) {
        super("the persistent name '" + name + "' is consumed on this node already;"
                + " stop that consumer first, or choose another name");
    }
}
