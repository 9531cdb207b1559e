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
import java.util.stream.Stream;

/**
 * Tells the operator, once {@code run} is up, where everything listens and which commands to try.
 *
 * @param source the name of the configuration's file, or a description of the built-in one
 * @param uris the addresses at which the broker is reached
 * @param notices what the operator should know about the broker, a line each
 * @param managementUrl the URL of the management port; {@code null} if it is off
 * @param webUrl the URL of Busbar's HTTP port; {@code null} if it is off
 * @param clusterLines the members of the cluster, a line each; empty without a cluster
 */
record Banner(
        String source,
        BusbarConfig config,
        List<BrokerUri> uris,
        List<String> notices,
        String managementUrl,
        String webUrl,
        List<String> clusterLines) {

    private static final String GUEST = "guest";
    private static final String EXAMPLE_KEY = "builds.17.finished";

    /** Returns the lines to print, given how many milliseconds the start took. */
    List<String> render(long startMillis) {
        var lines = new ArrayList<String>();
        lines.add(String.format(Locale.ROOT, "Busbar is up, after %.1f s.", startMillis / 1000.0));
        lines.add("");
        lines.add("  configuration  " + source);
        lines.add("  broker         "
                + (usesTopLevelBroker()
                        ? uris.stream().map(Banner::shown).collect(Collectors.joining(", ")) + embeddedNote()
                        : "those that routes name"));
        config.brokers()
                .forEach((name, broker) -> lines.add("                 " + name + ": "
                        + broker.uris().stream().map(Banner::shown).collect(Collectors.joining(", "))));
        notices.forEach(notice -> lines.add("                 " + notice));
        lines.add("  exchange       " + config.exchange().name() + " ("
                + config.exchange().type() + ")");
        lines.add("  health         "
                + (managementUrl == null ? "off (management.enabled)" : managementUrl + "/health/ready"));
        if (webUrl != null) {
            lines.add("  console        " + webUrl + "/");
            if (config.wamp().enabled()) {
                lines.add("  wamp           " + webUrl.replaceFirst("http", "ws") + "/wamp");
            }
        }
        for (var line : clusterLines) {
            lines.add((line == clusterLines.get(0) ? "  cluster        " : "                 ") + line);
        }
        lines.add("  routes" + (config.routes().isEmpty() ? "         none" : ""));
        config.routes().forEach(route -> lines.add("    " + shown(route)));
        var commands = exampleCommands();
        if (!commands.isEmpty()) {
            lines.add("");
            lines.add("Try, in another terminal:");
            commands.forEach(line -> lines.add("  " + line));
        }
        lines.add("");
        lines.add("Ctrl-C stops it.");
        return lines;
    }

    private String embeddedNote() {
        if (!config.broker().isEmbedded()) {
            return "";
        }
        return config.broker().embedded().inMemory()
                ? " (embedded; keeps messages in memory, until this process ends)"
                : " (embedded; keeps messages in " + config.broker().embedded().store() + ")";
    }

    /**
     * Hides the password, unless it is the well-known one of {@code guest}, and leaves out the default virtual host.
     */
    static String shown(BrokerUri uri) {
        var masked = uri.toString().replaceFirst("/%2F$", "");
        return isGuest(uri) ? masked.replace(":***@", ":" + GUEST + "@") : masked;
    }

    private static boolean isGuest(BrokerUri uri) {
        return GUEST.equals(uri.user()) && GUEST.equals(uri.password().reveal());
    }

    private static String shown(RouteConfig route) {
        if (route instanceof InboundRoute in) {
            var filters = in.filters().stream().map(Object::toString).collect(Collectors.joining(" "));
            var from = Stream.of(
                            in.queue().name() == null
                                    ? ""
                                    : "queue " + in.queue().name(),
                            filters.isEmpty() ? "" : "filter " + filters)
                    .filter(it -> !it.isEmpty())
                    .collect(Collectors.joining(", "));
            return in.name() + ": " + from + " -> address " + in.address() + " ("
                    + in.delivery().name().toLowerCase(Locale.ROOT) + ")";
        }
        var out = (OutboundRoute) route;
        return out.name() + ": address " + out.address() + " -> key " + out.key();
    }

    private boolean usesTopLevelBroker() {
        return Service.usesTopLevelBroker(config);
    }

    private List<String> exampleCommands() {
        var commands = new ArrayList<String>();
        if (usesTopLevelBroker()) {
            addMessageCommands(commands, uris.get(0));
        }
        if (managementUrl != null) {
            commands.add("curl " + managementUrl + "/health/ready");
        }
        return commands;
    }

    private void addMessageCommands(List<String> commands, BrokerUri uri) {
        var exchange = config.exchange().name();
        var options = connectionOptions(uri);
        var key = exampleKey();
        var filter = key.substring(0, key.indexOf('.') < 0 ? key.length() : key.indexOf('.')) + ".#";
        commands.add(Invocation.of(options, "tail", filter));
        commands.add(Invocation.of(options, "publish", key, "{\"id\": 17}"));
        if (isGuest(uri) && uri.scheme().equals("amqp")) {
            commands.add("amqp-publish -u " + shown(uri) + " -e " + exchange + " -r " + key + " -b '{\"id\": 17}'");
        }
    }

    /** Returns the options without which another command would not find the same broker. */
    private List<String> connectionOptions(BrokerUri uri) {
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
