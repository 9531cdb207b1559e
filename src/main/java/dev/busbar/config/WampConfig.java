package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The WAMP router at {@code /wamp} on the port for people.
 *
 * @param realms those a client may name; one router for all of them
 * @param prefix of topics, before the routing key; ends in a dot unless it is empty
 * @param anonymous the role, of those in {@code web.roles}, of clients that do not authenticate; {@code null} if all
 *     must
 * @param users who can authenticate, by their names
 */
public record WampConfig(
        boolean enabled,
        List<String> realms,
        String prefix,
        String anonymous,
        Map<String, WampUser> users,
        ParkingConfig parking,
        WampLimits limits) {

    public WampConfig {
        realms = List.copyOf(realms);
        WampSection.REALMS.check(realms);
        WampSection.PREFIX.check(prefix);
        WampSection.ANONYMOUS.check(anonymous);
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        WampSection.USERS.check(users);
        requireNonNull(parking, "parking");
        requireNonNull(limits, "limits");
        new Findings()
                .unless(!realms.isEmpty(), "realms", null, "is empty", "Name at least one, e.g. realm1")
                .raise();
    }
}
