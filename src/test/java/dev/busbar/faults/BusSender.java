package dev.busbar.faults;

import dev.busbar.codec.BusHeaders;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;

/**
 * Sends numbers to an outbound route with {@code request}, in order, a bounded number of them unanswered at a time, and
 * books what the answers say.
 */
final class BusSender {

    /** Marks what has failed before: it may arrive twice, and after newer ones. */
    static final String AGAIN = "again";

    private static final int AHEAD = 5_000;
    private static final int LOOK_MILLIS = 20;
    private static final int RETRY_MILLIS = 50;

    private final Vertx vertx;
    private final Context context;
    private final String address;
    private final Ledger ledger;
    private final Pace pace;
    private final boolean retrying;
    private int next;
    private int unanswered;
    private boolean pumping;

    BusSender(Vertx vertx, String address, Ledger ledger, int count) {
        this(vertx, address, ledger, Pace.all(count), false);
    }

    /** @param retrying whether what fails is sent again, under the same id; else it is booked as failed */
    BusSender(Vertx vertx, String address, Ledger ledger, Pace pace, boolean retrying) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.address = address;
        this.ledger = ledger;
        this.pace = pace;
        this.retrying = retrying;
    }

    void start() {
        context.runOnContext(ignored -> pump());
    }

    private void pump() {
        if (pumping) {
            // Answered at once.
            return;
        }
        pumping = true;
        while (unanswered < AHEAD && next < pace.allowed()) {
            send(next++, false);
        }
        pumping = false;
        if (!pace.hasEnded()) {
            vertx.setTimer(LOOK_MILLIS, id -> pump());
        }
    }

    private void send(int n, boolean again) {
        unanswered++;
        var options = new DeliveryOptions().setSendTimeout(600_000);
        if (retrying) {
            options.addHeader(BusHeaders.MESSAGE_ID, address + "-" + n).addHeader(AGAIN, Boolean.toString(again));
        }
        vertx.eventBus().request(address, new JsonObject().put("n", n), options).onComplete(answer -> {
            unanswered--;
            if (answer.succeeded()) {
                ledger.safe(n);
            } else if (retrying) {
                vertx.setTimer(RETRY_MILLIS, id -> send(n, true));
            } else {
                ledger.failed(n, answer.cause());
            }
            if (pace.hasEnded()) {
                pump();
            }
        });
    }
}
