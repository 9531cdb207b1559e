package dev.busbar.faults;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/**
 * Sends numbers to an outbound route with {@code request}, in order, a bounded number of them unanswered at a time, and
 * books what the answers say.
 */
final class BusSender {

    private static final int AHEAD = 5_000;
    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(600_000);

    private final Vertx vertx;
    private final Context context;
    private final String address;
    private final Ledger ledger;
    private final int count;
    private int next;
    private int unanswered;

    BusSender(Vertx vertx, String address, Ledger ledger, int count) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.address = address;
        this.ledger = ledger;
        this.count = count;
    }

    void start() {
        context.runOnContext(ignored -> pump());
    }

    private void pump() {
        while (unanswered < AHEAD && next < count) {
            send(next++);
        }
    }

    private void send(int n) {
        unanswered++;
        vertx.eventBus().request(address, new JsonObject().put("n", n), PATIENT).onComplete(answer -> {
            unanswered--;
            if (answer.succeeded()) {
                ledger.safe(n);
            } else {
                ledger.failed(n, answer.cause());
            }
            pump();
        });
    }
}
