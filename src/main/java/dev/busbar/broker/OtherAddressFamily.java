package dev.busbar.broker;

import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/**
 * Asks the name servers for the addresses that Vert.x's resolver leaves out: the resolver does not wait for IPv6
 * addresses once it has those of IPv4, or the other way round where the JVM prefers IPv6.
 */
final class OtherAddressFamily {

    /** Bounds the wait, because some name servers do not answer such queries at all. */
    private static final long QUERY_TIMEOUT_MILLIS = 2_000;

    private static final int DNS_PORT = 53;

    private OtherAddressFamily() {}

    /**
     * Looks up the addresses of the other family.
     *
     * @return empty if there are none, or if the name servers do not answer; completes on the context and never fails
     */
    static Future<List<InetAddress>> of(ContextInternal context, String host) {
        if (NetUtil.isIpV4StackPreferred()) {
            return context.succeededFuture(List.of());
        }
        var resolver = builder(context).build();
        var found = context.<List<InetAddress>>promise();
        resolver.resolveAll(host).addListener((io.netty.util.concurrent.Future<List<InetAddress>> all) -> {
            resolver.close();
            found.complete(all.isSuccess() ? List.copyOf(all.getNow()) : List.of());
        });
        return found.future();
    }

    private static DnsNameResolverBuilder builder(ContextInternal context) {
        var options = context.owner().nameResolver().options();
        var builder = new DnsNameResolverBuilder(context.nettyEventLoop())
                .datagramChannelFactory(context.owner().transport().datagramChannelFactory())
                .resolvedAddressTypes(
                        NetUtil.isIpV6AddressesPreferred()
                                ? ResolvedAddressTypes.IPV4_ONLY
                                : ResolvedAddressTypes.IPV6_ONLY)
                .hostsFileEntriesResolver((name, types) -> null)
                .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS)
                .maxQueriesPerResolve(options.getMaxQueries());
        if (options.getServers() != null && !options.getServers().isEmpty()) {
            builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers(options)));
        }
        if (options.getSearchDomains() != null) {
            builder.searchDomains(options.getSearchDomains());
        }
        return options.getNdots() < 0 ? builder : builder.ndots(options.getNdots());
    }

    private static List<InetSocketAddress> servers(AddressResolverOptions options) {
        return options.getServers().stream()
                .map(server -> URI.create("dns://" + server))
                .map(server ->
                        new InetSocketAddress(server.getHost(), server.getPort() < 0 ? DNS_PORT : server.getPort()))
                .toList();
    }
}
