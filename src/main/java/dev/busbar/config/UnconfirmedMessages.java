package dev.busbar.config;

import java.util.ArrayList;
import java.util.List;

/** Says which messages wait in memory until a broker has confirmed them. They are lost if the process is killed. */
public final class UnconfirmedMessages {

    private static final int MAX_NAMED_ROUTES = 5;

    private UnconfirmedMessages() {}

    /**
     * Says how many messages may be lost if the process is killed.
     *
     * @return a sentence; empty if no route, browser, master or program publishes. Of Java code that publishes by a
     *     message queue of its own the configuration tells nothing
     */
    public static String boundOf(BusbarConfig config) {
        List<String> bounds = new ArrayList<>();
        List<OutboundRoute> routes = config.routes().stream()
                .filter(OutboundRoute.class::isInstance)
                .map(OutboundRoute.class::cast)
                .toList();
        routes.stream()
                .limit(MAX_NAMED_ROUTES)
                .forEach(it -> bounds.add(
                        bound(it.buffer().messages(), it.buffer().bytes()) + " of route '" + it.name() + "'"));
        List<OutboundRoute> others = routes.subList(Math.min(MAX_NAMED_ROUTES, routes.size()), routes.size());
        if (!others.isEmpty()) {
            bounds.add(bound(
                            others.stream()
                                    .mapToLong(it -> it.buffer().messages())
                                    .sum(),
                            others.stream().mapToLong(it -> it.buffer().bytes()).sum())
                    + " of " + others.size() + " more routes");
        }
        if (browsersPublish(config.web())
                || config.wamp().enabled()
                || config.subscriptions().control().enabled()) {
            ProducingConfig producing = config.subscriptions().producing();
            bounds.add(bound(producing.messages(), producing.bytes()) + " of browsers, masters and programs");
        }
        return bounds.isEmpty()
                ? ""
                : "If this process is killed, messages that no broker has confirmed are lost: at most "
                        + String.join(", ", bounds) + ".";
    }

    private static boolean browsersPublish(WebConfig web) {
        return web.enabled()
                && web.roles().values().stream()
                        .anyMatch(role -> role.produce().stream().anyMatch(it -> it.startsWith("mq:")));
    }

    private static String bound(long messages, long bytes) {
        return messages + " (" + Sizes.format(bytes) + ")";
    }
}
