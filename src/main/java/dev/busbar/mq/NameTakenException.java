package dev.busbar.mq;

/** Tells that another consumer on this node has the persistent name. */
public final class NameTakenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NameTakenException(String name) {
        super("the persistent name '" + name + "' is consumed on this node already;"
                + " stop that consumer first, or choose another name");
    }
}
