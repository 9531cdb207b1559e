package dev.busbar.web;

import dev.busbar.config.ManagementConfig;
import dev.busbar.config.WebConfig;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Refuses requests whose {@code Host} is not known. Known are {@code localhost}, IP addresses and configured names.
 * This guards against DNS rebinding: a page of another site whose name resolves to this machine would have the same
 * origin as this port. An IP address, or a name without a dot, cannot be the name of such a site.
 */
final class Hosts implements Handler<RoutingContext> {

    /** An address as a {@code Host} has it: IPv4, or IPv6 in brackets. */
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

    private static final Pattern LOCAL = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private final Predicate<String> configured;
    private final String remedy;

    /**
     * @param configured whether the configuration makes a {@code Host}, in lower case, known
     * @param remedy the setting that can name a further host
     */
    private Hosts(Predicate<String> configured, String remedy) {
        this.configured = configured;
        this.remedy = remedy;
    }

    /**
     * The hosts of Busbar's HTTP port: strict only if the port listens on the loopback interface, because no setting
     * lists the names under which other machines reach it.
     */
    static Hosts of(WebConfig config) {
        return new Hosts(
                host -> !config.isLoopback()
                        || config.origins().stream().anyMatch(it -> it.equals("*") || it.endsWith("://" + host)),
                "web.origins");
    }

    /** The hosts of the management port: on every interface strict about names with a dot. */
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

    /** Whether a {@code Host} is {@code localhost} or a loopback address. */
    static boolean isLocal(String host) {
        return LOCAL.matcher(withoutPort(host)).matches();
    }

    @Override
    public void handle(RoutingContext context) {
        var hosts = context.request().headers().getAll("Host");
        var host = hosts.isEmpty() ? null : hosts.get(0);
        if (hosts.size() > 1) {
            // RFC 9112, section 3.2: a proxy in front may have checked the other one.
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
                    .end("The host name '" + host + "' is not known here; " + remedy + " can name it.\n");
        }
    }

    private boolean isKnown(String host) {
        return isLocal(host) || IP_ADDRESS.matcher(withoutPort(host)).matches() || configured.test(host);
    }

    private static String withoutPort(String host) {
        return host.replaceFirst(":\\d*$", "");
    }
}
