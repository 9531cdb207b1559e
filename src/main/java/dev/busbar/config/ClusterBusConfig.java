package dev.busbar.config;

/**
 * Where the event bus of a clustered node listens for the others. Port 0 takes a free one.
 *
 * @param host {@code null} for the host of the cluster's section; not {@code null} within a {@link ClusterConfig}
 * @param publicHost {@code null} for the host it listens on
 * @param publicPort {@code null} for the port it listens on
 */
@ConfigSection(title = "Event bus", intro = "The port at which messages from other nodes arrive.")
public record ClusterBusConfig(
        @ConfigKey(
                text = TextKind.HOST,
                whenAbsent = "`cluster.host`, or `127.0.0.1` with a `file`",
                doc = "The network address to listen on.")
        String host,

        @ConfigKey(range = "0 to 65535", byDefault = "0", doc = "The port; 0 takes a free one.")
        int port,

        @ConfigKey(
                text = TextKind.HOST,
                whenAbsent = "the `host`",
                doc = "The address by which the other nodes reach this node.")
        String publicHost,

        @ConfigKey(
                range = "1 to 65535",
                whenAbsent = "the `port`",
                doc = "The port by which the other nodes reach this node.")
        Integer publicPort) {

    public ClusterBusConfig {
        RecordSection.check(ClusterBusConfig.class, host, port, publicHost, publicPort);
    }

    /** The same within a cluster's section, whose addresses stand for those that are not given here. */
    ClusterBusConfig beside(String clusterHost, String clusterPublicHost) {
        if (host != null) {
            return publicHost == null && ClusterConfig.isAny(host)
                    ? new ClusterBusConfig(host, port, clusterPublicHost, publicPort)
                    : this;
        }
        return new ClusterBusConfig(clusterHost, port, publicHost, publicPort).beside(null, clusterPublicHost);
    }
}
