package dev.busbar.config;

import java.util.List;

final class ClusterSection {

    static final String LOOPBACK = "127.0.0.1";
    static final String DEFAULT_NAME = "busbar";
    static final int DEFAULT_PORT = 5701;

    static final Key<Boolean> ENABLED = Key.of(
            "enabled",
            Types.BOOLEAN,
            false,
            "Whether the event bus spans all nodes that find each other, as `--cluster` does. In a Vert.x that is"
                    + " clustered already it does in any case, and only `node` is read of this section.");
    static final Key<ClusterManagerChoice> MANAGER = Key.optional(
            "manager",
            Types.choice(ClusterManagerChoice.class),
            "what is on the class path, `hazelcast` first",
            "What keeps the nodes together. Hazelcast is built in.");
    static final Key<String> NODE = Key.optional(
            "node",
            Names.ROUTE,
            "the name of the host",
            "What this node is called, and `{node}` in the name of a queue. It has to stay the same from start to start,"
                    + " and no other node may have it, where a lasting queue is named after it.");
    static final Key<String> NAME = Key.optional(
            "name",
            Types.text("name", DEFAULT_NAME),
            "`busbar`",
            "Nodes with the same one find each other. It is no secret and keeps nobody out.");
    static final Key<String> HOST = Key.optional(
            "host",
            ServerSections.ADDRESS,
            "`127.0.0.1`",
            "The network address to listen on for the other nodes' cluster managers.");
    static final Key<Integer> PORT = Key.optional(
            "port",
            ServerSections.PORT,
            "`5701`",
            "The port; 0 takes a free one, for a node that no other has among its `members`.");
    static final Key<String> PUBLIC_HOST = Key.optional(
            "publicHost", ServerSections.ADDRESS, "the `host`", "The address by which the other nodes reach it.");
    static final Key<List<MemberAddress>> MEMBERS = Key.of(
            "members",
            new ListOf<>(Types.parsed("host or host:port", "10.0.0.7:5701", MemberAddress::parse, member -> {}), true),
            List.of(),
            "Where other nodes may be, without a port at this node's. One that is up is enough; this node itself may be"
                    + " among them, so that all nodes can have the same list. Nothing is looked for by multicast.");
    static final Key<String> FILE = Key.optional(
            "file",
            Types.path("path", "hazelcast.xml"),
            "the keys here",
            "The cluster manager's own configuration (`hazelcast.xml`, `infinispan.xml`), used as it is in place of"
                    + " `name`, `host`, `port`, `publicHost` and `members`.");

    static final Key<String> BUS_HOST = Key.optional(
            "host",
            ServerSections.ADDRESS,
            "`cluster.host`, or `127.0.0.1` with a `file`",
            "The network address to listen on.");
    static final Key<Integer> BUS_PORT = Key.of("port", ServerSections.PORT, 0, "The port; 0 takes a free one.");
    static final Key<Integer> PUBLIC_PORT = Key.optional(
            "publicPort", Types.integer(1, 65_535), "the `port`", "The port by which the other nodes reach it.");

    private static final Section<Bus> BUS = new Section<>(
            "Event bus",
            "Where messages from other nodes arrive.",
            List.of(
                    BUS_HOST.from(Bus::host),
                    BUS_PORT.from(Bus::port),
                    PUBLIC_HOST.from(Bus::publicHost),
                    PUBLIC_PORT.from(Bus::publicPort)),
            it -> new Bus(it.get(BUS_HOST), it.get(BUS_PORT), it.get(PUBLIC_HOST), it.get(PUBLIC_PORT)));
    private static final Key<Bus> BUS_KEY =
            Key.of("eventBus", BUS, new Bus(null, 0, null, null), "The port of the event bus.");

    static final Section<ClusterConfig> TYPE = new Section<>(
            "Cluster",
            "Several nodes with one event bus: see [cluster.md](cluster.md).",
            List.of(
                    ENABLED.from(ClusterConfig::enabled),
                    MANAGER.from(ClusterConfig::manager),
                    NODE.from(ClusterConfig::node),
                    NAME.from(ClusterConfig::name),
                    HOST.from(ClusterConfig::host),
                    PORT.from(ClusterConfig::port),
                    PUBLIC_HOST.from(ClusterConfig::publicHost),
                    MEMBERS.from(it -> it.members()),
                    FILE.from(ClusterConfig::file),
                    BUS_KEY.from(it -> Bus.of(it.eventBus()))),
            ClusterSection::build);

    private ClusterSection() {}

    private static ClusterConfig build(Section.Values it) {
        boolean own = it.get(FILE) == null;
        String host = it.get(HOST) == null && own ? LOOPBACK : it.get(HOST);
        Bus bus = it.get(BUS_KEY);
        String busHost = bus.host != null ? bus.host : host != null ? host : LOOPBACK;
        return new ClusterConfig(
                it.get(ENABLED),
                it.get(MANAGER),
                it.get(NODE),
                it.get(NAME) == null && own ? DEFAULT_NAME : it.get(NAME),
                host,
                it.get(PORT) == null && own ? Integer.valueOf(DEFAULT_PORT) : it.get(PORT),
                it.get(PUBLIC_HOST),
                it.get(MEMBERS),
                it.get(FILE),
                new ClusterBusConfig(
                        busHost,
                        bus.port,
                        bus.publicHost == null && ClusterConfig.isAny(busHost) ? it.get(PUBLIC_HOST) : bus.publicHost,
                        bus.publicPort));
    }

    /** As it is written, which leaves out what follows from the rest. */
    private record Bus(String host, int port, String publicHost, Integer publicPort) {

        static Bus of(ClusterBusConfig bus) {
            return new Bus(bus.host(), bus.port(), bus.publicHost(), bus.publicPort());
        }
    }
}
