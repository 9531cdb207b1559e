package dev.busbar.web.api;

import dev.busbar.access.Permissions;
import java.util.function.Predicate;

/** The permission that an operation of the API requires of its client. */
enum RequiredPermission {
    /** None: the operation is open to everybody, or checks permissions itself. */
    NOTHING("", permissions -> true),
    OBSERVE("see the state of this node; a role needs observe: true", Permissions::mayObserve),
    DEAD_LETTERS("see or put back dead letters; a role needs deadLetters: true", Permissions::mayHandleDeadLetters);

    private final String description;
    private final Predicate<Permissions> test;

    RequiredPermission(String description, Predicate<Permissions> test) {
        this.description = description;
        this.test = test;
    }

    boolean isMetBy(Permissions permissions) {
        return test.test(permissions);
    }

    /** Returns what the permission is for and which setting grants it, to follow "NAME may not". */
    String description() {
        return description;
    }
}
