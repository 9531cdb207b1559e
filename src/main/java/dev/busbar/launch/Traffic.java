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
 * Prints the messages that arrive at the event bus addresses of routes with {@code delivery: publish}. One more
 * consumer takes no messages from others there. Prints at most {@value #LINES_PER_SECOND} lines a second and counts the
 * others.
 */
final class Traffic {

    private static final int LINES_PER_SECOND = 10;
    private static final int MAX_BODY_CHARACTERS = 100;
    private static final long SECOND_MILLIS = 1_000;

    private final Vertx vertx;
    private final PrintWriter out;
    private final Set<String> addresses;
    private int linesThisSecond;
    private int suppressed;

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

    /** Returns a line that says which addresses are shown, or why there is none. */
    String describe() {
        return addresses.isEmpty()
                ? "Nothing to show: no inbound route has 'delivery: publish' on an address of its own."
                : "Arriving at " + String.join(", ", addresses) + ":";
    }

    /** Prints from now on until Vert.x is closed. */
    void watch() {
        addresses.forEach(address -> vertx.eventBus().localConsumer(address, this::show));
        vertx.setPeriodic(SECOND_MILLIS, id -> nextSecond());
    }

    private synchronized void show(Message<Object> message) {
        if (linesThisSecond++ >= LINES_PER_SECOND) {
            suppressed++;
            return;
        }
        var key = message.headers().get(BusHeaders.ROUTING_KEY);
        var source = key == null ? "(" + message.address() + ")" : key;
        out.println(MessageLine.of(source, MessageLine.compact(message.body()), MAX_BODY_CHARACTERS));
        out.flush();
    }

    private synchronized void nextSecond() {
        if (suppressed > 0) {
            out.println("... and " + suppressed + " more");
            out.flush();
        }
        linesThisSecond = 0;
        suppressed = 0;
    }
}
