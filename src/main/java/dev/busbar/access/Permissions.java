package dev.busbar.access;

import dev.busbar.config.RoleConfig;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a client may listen to, produce and see. Everything that is not permitted is forbidden. Immutable. */
public final class Permissions {

    /** The prefix of an address that is a filter or routing key of the broker; all others are event bus addresses. */
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

        private List<String> written() {
            return Stream.concat(filters.stream().map(filter -> BROKER + filter), addresses.stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private final Allowed listening;
    private final Allowed producing;
    private final boolean observing;
    private final boolean deadLetters;

    private Permissions(Allowed listening, Allowed producing, boolean observing, boolean deadLetters) {
        this.listening = listening;
        this.producing = producing;
        this.observing = observing;
        this.deadLetters = deadLetters;
    }

    /** Returns the permissions of all these roles together. */
    public static Permissions of(Collection<RoleConfig> roles) {
        return new Permissions(
                Allowed.of(roles, RoleConfig::listen),
                Allowed.of(roles, RoleConfig::produce),
                roles.stream().anyMatch(RoleConfig::observe),
                roles.stream().anyMatch(RoleConfig::deadLetters));
    }

    /** Whether one permitted filter matches every key that this filter matches; an overlap is not enough. */
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

    /** Whether the client may see the state of this node. */
    public boolean mayObserve() {
        return observing;
    }

    /** Whether the client may see dead letters, whatever their keys, and put them back or delete them. */
    public boolean mayHandleDeadLetters() {
        return deadLetters;
    }

    /** Returns what the client may listen to: filters, with {@link #BROKER} in front, and addresses; sorted. */
    public List<String> listening() {
        return listening.written();
    }

    /** Returns what the client may produce: filters, with {@link #BROKER} in front, and addresses; sorted. */
    public List<String> producing() {
        return producing.written();
    }
}
