package dev.busbar.launch;

import dev.busbar.codec.BusHeaders;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.RouteConfig;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Prints what arrives at addresses that every handler gets every message of; a handler more takes nothing from anybody
 * there. At most {@value #LINES_PER_SECOND} lines a second, the rest is counted.
 */
final class Traffic {

    private static final int LINES_PER_SECOND = 10;
    private static final int LONGEST_BODY = 100;
    private static final long SECOND = 1_000;

    private final Vertx vertx;
    private final PrintWriter out;
    private final Set<String> addresses;
    private int lines;
    private int unsaid;

    Traffic(Vertx vertx, PrintWriter out, List<RouteConfig> routes) {
        this.vertx = vertx;
        this.out = out;
        this.addresses = addresses(routes);
    }

    private static Set<String> addresses(List<RouteConfig> routes) {
        var shared = routes.stream()
                .filter(Traffic::publishes)
                .map(RouteConfig::address)
                .collect(Collectors.toCollection(TreeSet::new));
        routes.stream()
                .filter(route -> !publishes(route))
                .map(RouteConfig::address)
                .forEach(shared::remove);
        return shared;
    }

    private static boolean publishes(RouteConfig route) {
        return route instanceof InboundRoute inbound && inbound.delivery() == DeliveryMode.PUBLISH;
    }

    Set<String> addresses() {
        return addresses;
    }

    String describe() {
        return addresses.isEmpty()
                ? "Nothing to show: no inbound route has 'delivery: publish' on an address of its own."
                : "Arriving at " + String.join(", ", addresses) + ":";
    }

    /** From now until Vert.x is closed. */
    void watch() {
        addresses.forEach(address -> vertx.eventBus().localConsumer(address, this::show));
        vertx.setPeriodic(SECOND, id -> nextSecond());
    }

    private synchronized void show(Message<Object> message) {
        if (lines++ >= LINES_PER_SECOND) {
            unsaid++;
            return;
        }
        var key = message.headers().get(BusHeaders.ROUTING_KEY);
        var source = key == null ? "(" + message.address() + ")" : key;
        out.println(MessageLine.of(source, MessageLine.compact(message.body()), LONGEST_BODY));
        out.flush();
    }

    private synchronized void nextSecond() {
        if (unsaid > 0) {
            out.println("... and " + unsaid + " more");
            out.flush();
        }
        lines = 0;
        unsaid = 0;
    }
}
