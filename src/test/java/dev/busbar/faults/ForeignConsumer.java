package dev.busbar.faults;

import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.ForeignWire;
import dev.busbar.testing.broker.Wire091;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Books what comes out of a queue, and remembers in which order it came over each of its connections. */
final class ForeignConsumer extends ForeignClient {

    private static final int PREFETCH = 500;

    private final String queue;
    private final Ledger ledger;
    private final List<List<Integer>> connections = new ArrayList<>();

    ForeignConsumer(String uri, String queue, Ledger ledger) {
        this(new Wire091(uri), queue, ledger);
    }

    ForeignConsumer(ForeignWire wire, String queue, Ledger ledger) {
        super(wire, "foreign consumer");
        this.queue = queue;
        this.ledger = ledger;
    }

    /** What each connection has delivered, in order. */
    synchronized List<List<Integer>> connections() {
        return connections.stream().map(List::copyOf).toList();
    }

    @Override
    void use(ForeignWire.Link link) throws Exception {
        var order = new ArrayList<Integer>();
        synchronized (this) {
            connections.add(order);
        }
        link.consume(queue, PREFETCH, message -> {
            var n = new JsonObject(message.text()).getInteger("n");
            ledger.seen(n, message.properties().messageId(), message.redelivered() || sentAgain(message));
            synchronized (this) {
                order.add(n);
            }
        });
    }

    private static boolean sentAgain(Admin.Taken message) {
        return "true".equals(message.header(BusSender.AGAIN));
    }

    /** What each connection has delivered, as runs of consecutive numbers. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var order : connections()) {
            text.append("\n  connection:");
            for (var i = 0; i < order.size(); i++) {
                var begins = i == 0 || order.get(i) != order.get(i - 1) + 1;
                var ends = i == order.size() - 1 || order.get(i + 1) != order.get(i) + 1;
                text.append(begins ? " " + order.get(i) : "").append(ends ? "-" + order.get(i) : "");
            }
        }
        return text.toString();
    }
}
