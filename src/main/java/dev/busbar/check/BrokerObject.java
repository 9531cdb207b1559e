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
        return isQueue() ? !wanted.others() : wanted.exchange().isDeclared();
    }

    /** Whether every broker has it: the default exchange and those whose names begin with {@code amq.}. */
    boolean isPredefined() {
        return !isQueue() && wanted.exchange().isPredefined();
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
