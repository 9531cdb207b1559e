package dev.busbar.launch;

import dev.busbar.config.BrokerUri;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.RouteConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What is up and what to try.
 *
 * @param source where the configuration is from
 * @param uris where the broker really is
 * @param management the URL of the management port; {@code null} for none
 * @param browsers the URL of the port for browsers; {@code null} for none
 * @param cluster who is in the cluster, in lines; none without one
 */
record Banner(
        String source,
        BusbarConfig config,
        List<BrokerUri> uris,
        List<String> notices,
        String management,
        String browsers,
        List<String> cluster) {

    private static final String GUEST = "guest";
    private static final String EXAMPLE_KEY = "builds.17.finished";

    /** @return its lines */
    List<String> render(long millis) {
        var lines = new ArrayList<String>();
        lines.add(String.format(Locale.ROOT, "Busbar is up, after %.1f s.", millis / 1000.0));
        lines.add("");
        lines.add("  configuration  " + source);
        lines.add("  broker         " + uris.stream().map(Banner::shown).collect(Collectors.joining(", ")) + kind());
        notices.forEach(notice -> lines.add("                 " + notice));
        lines.add("  exchange       " + config.exchange().name() + " ("
                + config.exchange().type() + ")");
        lines.add(
                "  health         " + (management == null ? "off (management.enabled)" : management + "/health/ready"));
        if (browsers != null) {
            lines.add("  console        " + browsers + "/");
            if (config.wamp().enabled()) {
                lines.add("  wamp           " + browsers.replaceFirst("http", "ws") + "/wamp");
            }
        }
        for (var line : cluster) {
            lines.add((line == cluster.get(0) ? "  cluster        " : "                 ") + line);
        }
        lines.add("  routes" + (config.routes().isEmpty() ? "         none" : ""));
        config.routes().forEach(route -> lines.add("    " + shown(route)));
        lines.add("");
        lines.add("Try, in another terminal:");
        tries().forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.add("Ctrl-C stops it.");
        return lines;
    }

    private String kind() {
        if (!config.broker().isEmbedded()) {
            return "";
        }
        return config.broker().embedded().inMemory()
                ? " (embedded; keeps messages in memory, until this process ends)"
                : " (embedded; keeps messages in " + config.broker().embedded().store() + ")";
    }

    /** The one password everybody knows is shown, so that the URI can be used; the usual virtual host is not. */
    static String shown(BrokerUri uri) {
        var masked = uri.toString().replaceFirst("/%2F$", "");
        return isGuest(uri) ? masked.replace(":***@", ":" + GUEST + "@") : masked;
    }

    private static boolean isGuest(BrokerUri uri) {
        return GUEST.equals(uri.user()) && GUEST.equals(uri.password().reveal());
    }

    private static String shown(RouteConfig route) {
        if (route instanceof InboundRoute in) {
            var queue = in.queue().name() == null ? "" : "queue " + in.queue().name() + ", ";
            var filters = in.filters().stream().map(Object::toString).collect(Collectors.joining(" "));
            return in.name() + ": " + queue + (filters.isEmpty() ? "" : "filter " + filters + " ") + "-> address "
                    + in.address() + " (" + in.delivery().name().toLowerCase(Locale.ROOT) + ")";
        }
        var out = (OutboundRoute) route;
        return out.name() + ": address " + out.address() + " -> key " + out.key();
    }

    private List<String> tries() {
        var tries = new ArrayList<String>();
        var uri = uris.get(0);
        var exchange = config.exchange().name();
        var own = ownOptions(uri);
        var key = exampleKey();
        var filter = key.substring(0, key.indexOf('.') < 0 ? key.length() : key.indexOf('.')) + ".#";
        tries.add(Invocation.of(own, "tail", filter));
        tries.add(Invocation.of(own, "publish", key, "{\"id\": 17}"));
        if (isGuest(uri) && uri.scheme().equals("amqp")) {
            tries.add("amqp-publish -u " + shown(uri) + " -e " + exchange + " -r " + key + " -b '{\"id\": 17}'");
        }
        if (management != null) {
            tries.add("curl " + management + "/health/ready");
        }
        return tries;
    }

    /** Just what the commands would not find by themselves. */
    private List<String> ownOptions(BrokerUri uri) {
        var options = new ArrayList<String>();
        if (!source.equals(Configurations.DEFAULT.toString()) && !source.startsWith("built in")) {
            options.add("--config");
            options.add(source);
        }
        if (config.broker().isEmbedded() && config.broker().embedded().port() != uri.port() && isGuest(uri)) {
            options.add("--uri");
            options.add(shown(uri));
        }
        return options;
    }

    private String exampleKey() {
        var filters = config.routes().stream()
                .filter(InboundRoute.class::isInstance)
                .flatMap(route -> ((InboundRoute) route).filters().stream())
                .toList();
        return filters.isEmpty() || filters.stream().anyMatch(filter -> filter.matches(EXAMPLE_KEY))
                ? EXAMPLE_KEY
                : filters.get(0).toString().replaceAll("[*#]", "17");
    }
}
