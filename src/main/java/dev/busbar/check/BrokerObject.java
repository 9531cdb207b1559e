package dev.busbar.check;

import dev.busbar.broker.Permission;
import dev.busbar.broker.Topology;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An exchange or a queue that a configuration needs.
 *
 * @param wanted has the queue; for an exchange it has none
 * @param users the routes and parts that need it, for a person
 * @param permissions what the user has to be permitted for them
 */
record BrokerObject(Topology wanted, Set<String> users, Set<Permission> permissions) {

    BrokerObject(Topology wanted) {
        this(wanted, new LinkedHashSet<>(), new LinkedHashSet<>());
    }

    boolean isQueue() {
        return wanted.queue() != null;
    }

    /** Whether Busbar declares it where it is missing. */
    boolean isDeclared() {
        return wanted.isDeclared();
    }

    /** Returns this object, as the other describes it if Busbar declares only that. */
    BrokerObject orDeclaredBy(BrokerObject other) {
        return isDeclared() || !other.isDeclared() ? this : new BrokerObject(other.wanted, users, permissions);
    }

    /** Whether it is the default exchange, which cannot be looked at and is everywhere. */
    boolean isDefaultExchange() {
        return !isQueue() && name().isEmpty();
    }

    String name() {
        return isQueue() ? wanted.queue().name() : wanted.exchange().name();
    }

    @Override
    public String toString() {
        return isQueue()
                ? "queue '" + name() + "'"
                : name().isEmpty() ? "the default exchange" : "exchange '" + name() + "'";
    }
}
