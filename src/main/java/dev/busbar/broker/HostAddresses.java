package dev.busbar.broker;

import io.netty.resolver.HostsFileEntriesProvider;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.ContextInternal;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks up all addresses of a host with Vert.x's resolver. Of a name in the hosts file the resolver tells only one
 * address, so this class reads the file for the others.
 */
final class HostAddresses {

    private static final long HOSTS_FILE_TIMEOUT_SECONDS = 5;

    private HostAddresses() {}

    /**
     * Looks up the addresses of a host.
     *
     * @return at least one address, in the order to try them; completes on the context
     */
    static Future<List<InetAddress>> of(ContextInternal context, String host) {
        return resolved(context, host)
                .compose(found -> found.size() > 1 || NetUtil.createInetAddressFromIpAddressString(host) != null
                        ? Future.succeededFuture(found)
                        : inHostsFile(context, host).map(more -> {
                            Set<InetAddress> all = new LinkedHashSet<>(found);
                            if (more.contains(found.get(0))) {
                                all.addAll(more);
                            }
                            return List.copyOf(all);
                        }));
    }

    /**
     * Looks up the addresses that {@link #of} has left out, because name servers answer for IPv4 and for IPv6 apart. To
     * be called once none of the known addresses leads anywhere.
     *
     * @return never fails; completes on the context
     */
    static Future<List<InetAddress>> others(ContextInternal context, String host, List<InetAddress> known) {
        var families = known.stream().map(Object::getClass).distinct().count();
        if (families != 1 || NetUtil.createInetAddressFromIpAddressString(host) != null) {
            return context.succeededFuture(List.of());
        }
        return inHostsFile(context, host)
                .compose(inFile -> inFile.contains(known.get(0))
                        ? context.succeededFuture(List.of())
                        : OtherAddressFamily.of(context, host));
    }

    private static Future<List<InetAddress>> resolved(ContextInternal context, String host) {
        var found = context.<List<InetSocketAddress>>promise();
        context.owner().nameResolver().resolveAll(host, found::handle);
        return found.future()
                .map(sockets -> sockets.stream()
                        .map(InetSocketAddress::getAddress)
                        .distinct()
                        .toList());
    }

    private static Future<List<InetAddress>> inHostsFile(ContextInternal context, String host) {
        return context.executeBlocking(
                        () -> entries(context.owner().nameResolver().options(), host), false)
                .timeout(HOSTS_FILE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .otherwise(List.of());
    }

    private static List<InetAddress> entries(AddressResolverOptions options, String host) throws IOException {
        var parser = HostsFileEntriesProvider.parser();
        var name = host.toLowerCase(Locale.ENGLISH);
        var entries = options.getHostsValue() != null
                ? parser.parse(new StringReader(options.getHostsValue().toString()))
                : options.getHostsPath() != null
                        ? parser.parse(new File(options.getHostsPath()), StandardCharsets.UTF_8)
                        : parser.parse();
        Set<InetAddress> found = new LinkedHashSet<>(entries.ipv4Entries().getOrDefault(name, List.of()));
        found.addAll(entries.ipv6Entries().getOrDefault(name, List.of()));
        return List.copyOf(found);
    }
}
