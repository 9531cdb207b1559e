package dev.busbar.web.api;

import dev.busbar.access.Permissions;
import java.util.function.Predicate;

/** What a caller's roles must permit. */
enum RequiredPermission {
    /** Nothing; what is permitted depends on what is asked for, or there is nothing to hide. */
    NOTHING("", permissions -> true),
    OBSERVE("see how this node is; a role needs observe: true", Permissions::mayObserve),
    DEAD_LETTERS("see or put back dead letters; a role needs deadLetters: true", Permissions::mayHandleDeadLetters);

    private final String what;
    private final Predicate<Permissions> test;

    RequiredPermission(String what, Predicate<Permissions> test) {
        this.what = what;
        this.test = test;
    }

    boolean isMetBy(Permissions permissions) {
        return test.test(permissions);
    }

    String what() {
        return what;
    }
}
