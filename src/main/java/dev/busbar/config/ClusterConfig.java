package dev.busbar.config;

import java.util.List;
import java.util.Map;

/**
 * Whether and how the event bus spans several nodes. Without a {@code file}, {@code null} as name, host or port is
 * taken for its default.
 *
 * @param manager {@code null} for the one on the class path
 * @param node {@code null} for the name of the node's host
 * @param name {@code null} if a file says it, as it does host and port
 * @param port 0 takes a free one
 * @param publicHost {@code null} for {@code host}
 * @param file {@code null} if the keys here configure the cluster manager
 */
@ConfigSection(title = "Cluster", intro = "Several nodes with one event bus: see [cluster.md](cluster.md).")
public record ClusterConfig(
        @ConfigKey(
                byDefault = "false",
                doc = "Whether the event bus spans all nodes that find each other; `--cluster` does the same."
                        + " In a Vert.x that is clustered already this section does nothing but give the `node` its"
                        + " name.")
        boolean enabled,

        @ConfigKey(
                whenAbsent = "what is on the class path, `hazelcast` first",
                doc = "The cluster manager. Hazelcast is built in.")
        ClusterManagerChoice manager,

        @ConfigKey(
                text = TextKind.ROUTE,
                whenAbsent = "the name of the host",
                doc = "The name of this node, for which `{node}` stands in the name of a queue. Where a durable"
                        + " queue is named after the node, the name has to stay the same from start to start, and no"
                        + " other node may have it.")
        String node,

        @ConfigKey(
                text = TextKind.CLUSTER,
                whenAbsent = "`busbar`",
                doc = "The name of the cluster: nodes with the same name find each other. The name is no secret"
                        + " and keeps nobody out.")
        String name,

        @ConfigKey(
                text = TextKind.HOST,
                whenAbsent = "`127.0.0.1`",
                doc = "The network address to listen on for the other nodes' cluster managers.")
        String host,

        @ConfigKey(
                range = "0 to 65535",
                whenAbsent = "`5701`",
                doc = "The port; 0 takes a free one, for a node that is not among the `members` of others.")
        Integer port,

        @ConfigKey(
                text = TextKind.HOST,
                whenAbsent = "the `host`",
                doc = "The address by which the other nodes reach this node.")
        String publicHost,

        @ConfigKey(
                doc = "The addresses of other nodes; an address without a port has this node's port. One node"
                        + " that is up is enough. This node may be in the list, so that all nodes can have the same"
                        + " list. Busbar does not search by multicast.")
        List<MemberAddress> members,

        @ConfigKey(
                text = TextKind.CLUSTER_FILE,
                whenAbsent = "the keys here",
                doc = "The cluster manager's own configuration file (`hazelcast.xml`, `infinispan.xml`), used"
                        + " as it is in place of `name`, `host`, `port`, `publicHost` and `members`.")
        String file,

        @ConfigKey(doc = "The port of the event bus.") ClusterBusConfig eventBus) {

    private static final String DEFAULT_NAME = "busbar";
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 5701;

    public ClusterConfig {
        members = List.copyOf(members);
        if (file == null) {
            name = name == null ? DEFAULT_NAME : name;
            host = host == null ? DEFAULT_HOST : host;
            port = port == null ? Integer.valueOf(DEFAULT_PORT) : port;
        }
        eventBus = eventBus.beside(host == null ? DEFAULT_HOST : host, publicHost);
        RecordSection.check(
                ClusterConfig.class, enabled, manager, node, name, host, port, publicHost, members, file, eventBus);
        Findings findings = new Findings();
        if (file == null) {
            findings.unless(
                    !EmbeddedConfig.isLoopback(host) || members.stream().allMatch(MemberAddress::isLoopback),
                    "host",
                    host,
                    "can be reached from this machine only, but a member is on another: " + members,
                    "Set it to the address by which the other nodes reach this one",
                    "members");
        } else {
            findings.unless(
                    name == null && host == null && port == null && publicHost == null && members.isEmpty(),
                    "file",
                    file,
                    "is used as it is, but name, host, port, publicHost and members beside it configure the same",
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

    /** Whether the host stands for all addresses of the machine. */
    static boolean isAny(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    ClusterConfig switchedOn() {
        return RecordSection.copy(this, Map.of("enabled", true));
    }
}
