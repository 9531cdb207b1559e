package dev.busbar.config;

/** Which handlers in a cluster are asked first. */
public enum HandlerPreference {
    /** Those on the node that has the message, if there are any. */
    LOCAL_FIRST,
    /** All in turn, on whatever node. */
    ANY;

    static HandlerPreference of(Scope scope) {
        return scope == Scope.SINGLETON ? LOCAL_FIRST : ANY;
    }
}
