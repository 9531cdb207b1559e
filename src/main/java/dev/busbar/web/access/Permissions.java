package dev.busbar.web.access;

import dev.busbar.config.RoleConfig;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What may be listened to and produced; everything else may not. Immutable. */
public final class Permissions {

    /** Before the filters and keys of the broker; all other addresses are the event bus's. */
    public static final String BROKER = "mq:";

    public static final Permissions NONE = of(List.of());

    private record Allowed(List<TopicFilter> filters, Set<String> addresses) {

        private static Allowed of(Collection<RoleConfig> roles, Function<RoleConfig, List<String>> which) {
            var filters = new ArrayList<TopicFilter>();
            var addresses = new HashSet<String>();
            for (var role : roles) {
                for (var address : which.apply(role)) {
                    if (address.startsWith(BROKER)) {
                        filters.add(TopicFilter.parse(address.substring(BROKER.length())));
                    } else {
                        addresses.add(address);
                    }
                }
            }
            return new Allowed(List.copyOf(filters), Set.copyOf(addresses));
        }
    }

    private final Allowed listening;
    private final Allowed producing;

    private Permissions(Allowed listening, Allowed producing) {
        this.listening = listening;
        this.producing = producing;
    }

    /** The rights of each of the roles. */
    public static Permissions of(Collection<RoleConfig> roles) {
        return new Permissions(Allowed.of(roles, RoleConfig::listen), Allowed.of(roles, RoleConfig::produce));
    }

    /** Whether one permitted filter matches every key this one does: to overlap is not enough. */
    public boolean mayListen(TopicFilter filter) {
        return listening.filters.stream().anyMatch(permitted -> permitted.covers(filter));
    }

    public boolean mayListen(String address) {
        return listening.addresses.contains(address);
    }

    public boolean mayProduce(RoutingKey key) {
        return producing.filters.stream().anyMatch(permitted -> permitted.matches(key));
    }

    public boolean mayProduce(String address) {
        return producing.addresses.contains(address);
    }
}
