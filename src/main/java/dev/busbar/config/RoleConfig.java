package dev.busbar.config;

import java.util.List;

/**
 * What some browsers may do; nothing else.
 *
 * @param listen event bus addresses, and {@code mq:} filters
 * @param produce likewise
 * @param observe whether they may see how this node is
 * @param deadLetters whether they may see what could not be handled, whatever its key, and put it back
 * @param users of the htpasswd file who have the role
 */
public record RoleConfig(
        List<String> listen, List<String> produce, boolean observe, boolean deadLetters, List<String> users) {

    public RoleConfig {
        listen = List.copyOf(listen);
        produce = List.copyOf(produce);
        users = List.copyOf(users);
        RoleSection.LISTEN.check(listen);
        RoleSection.PRODUCE.check(produce);
        RoleSection.USERS.check(users);
    }
}
