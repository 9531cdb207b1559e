package dev.busbar.config;

/** Which handlers in a cluster are asked first. */
public enum HandlerPreference {
    /** Handlers on the node that has the message, if there are any. */
    LOCAL_FIRST,
    /** All handlers in turn, on any node. */
    ANY;

    static HandlerPreference of(Scope scope) {
        return scope == Scope.SINGLETON ? LOCAL_FIRST : ANY;
    }
}
