package dev.busbar.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.FileSystemXmlConfig;
import com.hazelcast.config.XmlConfigBuilder;
import dev.busbar.config.ClusterConfig;
import dev.busbar.config.MemberAddress;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.FileNotFoundException;

/** Configures Hazelcast as the cluster manager. Members find each other over TCP/IP, not by multicast. */
final class HazelcastNode {

    /** The settings that Vert.x needs of Hazelcast, a resource of vertx-hazelcast. */
    private static final String VERTX_DEFAULTS = "default-cluster.xml";

    private HazelcastNode() {}

    static ClusterManager manager(ClusterConfig config) {
        var hazelcast = config.file() == null ? configured(config) : file(config.file());
        hazelcast.setProperty("hazelcast.logging.type", "slf4j");
        hazelcast.setProperty("hazelcast.phone.home.enabled", "false");
        return new HazelcastClusterManager(hazelcast);
    }

    private static Config file(String path) {
        try {
            return new FileSystemXmlConfig(path);
        } catch (FileNotFoundException e) {
            throw new ClusterException("cluster.file = " + path + ": there is no such file", e);
        }
    }

    private static Config configured(ClusterConfig config) {
        var hazelcast = new XmlConfigBuilder(
                        HazelcastClusterManager.class.getClassLoader().getResourceAsStream(VERTX_DEFAULTS))
                .build();
        hazelcast.setClusterName(config.name());
        // Hazelcast's defaults would drop an unreachable node after a minute, and merge a split cluster after five.
        hazelcast.setProperty("hazelcast.heartbeat.interval.seconds", "2");
        hazelcast.setProperty("hazelcast.max.no.heartbeat.seconds", "30");
        hazelcast.setProperty("hazelcast.merge.first.run.delay.seconds", "10");
        hazelcast.setProperty("hazelcast.merge.next.run.delay.seconds", "10");
        // How long the first node waits for others before it starts.
        hazelcast.setProperty("hazelcast.wait.seconds.before.join", "1");
        var network = hazelcast.getNetworkConfig().setPort(config.port()).setPortAutoIncrement(false);
        if (config.publicHost() != null) {
            network.setPublicAddress(config.publicHost());
        }
        if (isWildcard(config.host())) {
            hazelcast.setProperty("hazelcast.socket.bind.any", "true");
        } else {
            hazelcast.setProperty("hazelcast.socket.bind.any", "false");
            hazelcast.setProperty("hazelcast.local.localAddress", config.host());
        }
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
        config.members().stream()
                .map(member -> address(member, config.port()))
                .forEach(join.getTcpIpConfig()::addMember);
        return hazelcast;
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static String address(MemberAddress member, int port) {
        return (member.port() == null && port != 0 ? new MemberAddress(member.host(), port) : member).toString();
    }
}
