package dev.busbar.web;

import dev.busbar.config.ManagementConfig;
import dev.busbar.config.WebConfig;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Answers only requests whose {@code Host} is known: {@code localhost}, an IP address, or a name that is configured. A
 * page of another site whose name is pointed here (DNS rebinding) would be of the same origin as this port; an IP
 * address or a name without a dot is no site's name.
 */
final class Hosts implements Handler<RoutingContext> {

    /** As in a {@code Host}: of IPv4, or of IPv6 in brackets. */
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private static final Pattern LOCAL = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final Predicate<String> configured;
    private final String remedy;

    /** @param configured whether a {@code Host}, in lower case, is known besides those that always are */
    private Hosts(Predicate<String> configured, String remedy) {
        this.configured = configured;
        this.remedy = remedy;
    }

    /** Returns the host names of Busbar's HTTP port, which checks them only if it listens on this machine alone. */
    static Hosts of(WebConfig config) {
        return new Hosts(
                host -> !config.isLoopback()
                        || config.origins().stream().anyMatch(it -> it.equals("*") || it.endsWith("://" + host)),
                "web.origins");
    }

    static Hosts of(ManagementConfig config) {
        return new Hosts(
                host -> {
                    var name = withoutPort(host);
                    return !config.isLoopback() && name.indexOf('.') < 0
                            || name.equalsIgnoreCase(config.host())
                            || config.hosts().stream().anyMatch(name::equalsIgnoreCase);
                },
                "management.hosts");
    }

    /** Whether a {@code Host} is this machine, whoever asks. */
    static boolean isLocal(String host) {
        return LOCAL.matcher(withoutPort(host)).matches();
    }

    @Override
    public void handle(RoutingContext context) {
        var hosts = context.request().headers().getAll("Host");
        var host = hosts.isEmpty() ? null : hosts.get(0);
        if (hosts.size() > 1) {
            // RFC 9112, section 3.2: a proxy in front may have believed the other one.
            context.response()
                    .setStatusCode(400)
                    .putHeader("Content-Type", "text/plain")
                    .end("The request names more than one host.\n");
        } else if (host == null || isKnown(host.toLowerCase(Locale.ROOT))) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "text/plain")
                    .end("This is not known here as '" + host + "'; " + remedy + " can name it.\n");
        }
    }

    private boolean isKnown(String host) {
        return isLocal(host) || IP_ADDRESS.matcher(withoutPort(host)).matches() || configured.test(host);
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d*$", "");
    }
}
