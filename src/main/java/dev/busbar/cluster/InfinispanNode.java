package dev.busbar.cluster;

import dev.busbar.config.ClusterConfig;
import dev.busbar.config.MemberAddress;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.ext.cluster.infinispan.InfinispanClusterManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.infinispan.configuration.global.ShutdownHookBehavior;
import org.infinispan.configuration.parsing.ConfigurationBuilderHolder;
import org.infinispan.configuration.parsing.ParserRegistry;
import org.infinispan.manager.DefaultCacheManager;
import org.infinispan.remoting.transport.jgroups.JGroupsTransport;

/**
 * Configures Infinispan, over JGroups, as the cluster manager. Members find each other over TCP/IP, not by multicast.
 */
final class InfinispanNode {

    /** The settings that Vert.x needs of Infinispan, a resource of vertx-infinispan. */
    private static final String VERTX_DEFAULTS = "default-infinispan.xml";

    private static final int DEFAULT_PORT = 7800;

    private InfinispanNode() {}

    static ClusterManager manager(ClusterConfig config) {
        var holder = config.file() == null ? configured(config) : file(config.file());
        holder.getGlobalConfigurationBuilder()
                .classLoader(InfinispanClusterManager.class.getClassLoader())
                .shutdown()
                .hookBehavior(ShutdownHookBehavior.DONT_REGISTER);
        return new OwningInfinispanCluster(new DefaultCacheManager(holder, true));
    }

    private static ConfigurationBuilderHolder file(String path) {
        if (!Files.isReadable(Path.of(path))) {
            throw new ClusterException("cluster.file = " + path + ": there is no such file", null);
        }
        try {
            return new ParserRegistry().parseFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigurationBuilderHolder configured(ClusterConfig config) {
        try {
            var holder = new ParserRegistry()
                    .parse(InfinispanClusterManager.class.getClassLoader().getResource(VERTX_DEFAULTS));
            holder.getGlobalConfigurationBuilder()
                    .transport()
                    .defaultTransport()
                    .clusterName(config.name())
                    .removeProperty(JGroupsTransport.CHANNEL_CONFIGURATOR)
                    .addProperty(JGroupsTransport.CONFIGURATION_XML, stack(config));
            return holder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns JGroups' usual protocol stack for TCP, with the configured addresses. */
    private static String stack(ClusterConfig config) {
        var port = config.port() == 0 ? DEFAULT_PORT : config.port();
        var self = new MemberAddress(config.publicHost() == null ? config.host() : config.publicHost(), port);
        var hosts = Stream.concat(Stream.of(self), config.members().stream())
                .distinct()
                .map(member -> member.host() + "[" + (member.port() == null ? port : member.port()) + "]")
                .collect(Collectors.joining(","));
        return """
                <config xmlns="urn:org:jgroups">
                  <TCP bind_addr="%s" bind_port="%d" port_range="0" %s diag.enabled="false" thread_naming_pattern="pl"
                       sock_conn_timeout="2000" bundler_type="transfer-queue"/>
                  <TCPPING initial_hosts="%s" port_range="0"/>
                  <MERGE3 min_interval="5000" max_interval="10000"/>
                  <FD_SOCK2 offset="100" port_range="3"/>
                  <FD_ALL3 timeout="30000" interval="5000"/>
                  <VERIFY_SUSPECT2 timeout="1500"/>
                  <pbcast.NAKACK2 use_mcast_xmit="false"/>
                  <UNICAST3/>
                  <pbcast.STABLE/>
                  <pbcast.GMS print_local_addr="false" join_timeout="2000"/>
                  <UFC/>
                  <MFC/>
                  <FRAG4/>
                </config>
                """.formatted(
                        xml(config.host()),
                        port,
                        config.publicHost() == null ? "" : "external_addr=\"" + xml(config.publicHost()) + '"',
                        xml(hosts));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /**
     * Stops the cache manager when Vert.x leaves the cluster. Vert.x itself stops only cache managers it has created.
     */
    private static final class OwningInfinispanCluster extends InfinispanClusterManager {

        private final DefaultCacheManager caches;
        private Vertx vertx;

        OwningInfinispanCluster(DefaultCacheManager caches) {
            super(caches);
            this.caches = caches;
        }

        @Override
        public void init(Vertx owner) {
            vertx = owner;
            super.init(owner);
        }

        @Override
        public void leave(Completable<Void> promise) {
            Future.<Void>future(super::leave)
                    .eventually(() -> vertx.<Void>executeBlocking(
                            () -> {
                                caches.stop();
                                return null;
                            },
                            false))
                    .onComplete(promise);
        }
    }
}
