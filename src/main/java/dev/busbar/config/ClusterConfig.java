package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Whether and how the event bus spans several nodes.
 *
 * @param manager {@code null} for what is on the class path
 * @param node what this node is called; {@code null} for the name of its host
 * @param name only nodes with the same one find each other; {@code null} if a file says it, like all that follows
 * @param host where to listen for the other nodes
 * @param port 0 takes a free one
 * @param publicHost where the others reach it; {@code null} for {@code host}
 * @param members where others may be
 * @param file the cluster manager's own configuration, used as it is; {@code null} if the keys here say it
 */
public record ClusterConfig(
        boolean enabled,
        ClusterManagerChoice manager,
        String node,
        String name,
        String host,
        Integer port,
        String publicHost,
        List<MemberAddress> members,
        String file,
        ClusterBusConfig eventBus) {

    public ClusterConfig {
        requireNonNull(eventBus, "eventBus");
        members = List.copyOf(members);
        ClusterSection.NODE.check(node);
        ClusterSection.FILE.check(file);
        Findings findings = new Findings();
        if (file == null) {
            requireNonNull(name, "name");
            ClusterSection.NAME.check(name);
            ClusterSection.HOST.check(requireNonNull(host, "host"));
            ClusterSection.PORT.check(requireNonNull(port, "port"));
            ClusterSection.MEMBERS.check(members);
            findings.unless(
                    !EmbeddedSection.isLoopback(host) || members.stream().allMatch(MemberAddress::isLoopback),
                    "host",
                    host,
                    "is reached from this machine only, and a member is on another: " + members,
                    "Set it to the address by which the other nodes reach this one",
                    "members");
        } else {
            findings.unless(
                    name == null && host == null && port == null && publicHost == null && members.isEmpty(),
                    "file",
                    file,
                    "is used as it is, and name, host, port, publicHost and members beside it say the same otherwise",
                    "Write them into the file, and remove them here",
                    "name",
                    "host",
                    "port",
                    "publicHost",
                    "members");
        }
        findings.unless(
                        !isAny(eventBus.host()) || eventBus.publicHost() != null,
                        "eventBus.publicHost",
                        null,
                        "is missing, and the other nodes cannot send to " + eventBus.host(),
                        "Set it, or cluster.publicHost, to the address by which they reach this node",
                        "publicHost",
                        "eventBus.host")
                .raise();
    }

    /** One node, unless it is told otherwise. */
    static ClusterConfig of(boolean enabled) {
        return new ClusterConfig(
                enabled,
                null,
                null,
                ClusterSection.DEFAULT_NAME,
                ClusterSection.LOOPBACK,
                ClusterSection.DEFAULT_PORT,
                null,
                List.of(),
                null,
                new ClusterBusConfig(ClusterSection.LOOPBACK, 0, null, null));
    }

    /** Whether it stands for all addresses of the machine. */
    static boolean isAny(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    ClusterConfig switchedOn() {
        return new ClusterConfig(true, manager, node, name, host, port, publicHost, members, file, eventBus);
    }
}
