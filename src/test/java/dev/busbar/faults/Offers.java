package dev.busbar.faults;

import dev.busbar.delivery.SendFailure;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.RouteEvent;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Numbered messages sent at a steady rate to outbound routes, each of whose addresses is its name. */
final class Offers {

    static final int REQUEST_EVERY = 4;
    private static final int PUBLISH_EVERY = 5;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** What the routes have not looked at yet waits in their event loop's own queue, which is nobody's promise. */
    private static final long MAX_AHEAD = 5_000;

    private static final String PAD = "x".repeat(200);
    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(TimeUnit.MINUTES.toMillis(10));

    private final Vertx vertx;
    private final List<String> routes;
    private final AtomicLong bufferFull = new AtomicLong();
    private final AtomicLong otherwiseFailed = new AtomicLong();
    private long offered;

    Offers(Vertx vertx, List<String> routes) {
        this.vertx = vertx;
        this.routes = routes;
    }

    /** @param rate a second, to each of the routes */
    JsonObject make(int rate, int seconds) {
        var began = System.nanoTime();
        var length = TimeUnit.SECONDS.toNanos(seconds);
        for (var elapsed = 0L; elapsed < length; elapsed = System.nanoTime() - began) {
            var due = (long) (rate * (elapsed / 1e9));
            var room = MAX_AHEAD - (offered - taken());
            for (; offered < due && room > 0; room--) {
                routes.forEach(this::offer);
                offered++;
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        while (taken() < offered) {
            LockSupport.parkNanos(TICK_NANOS);
        }
        return new JsonObject()
                .put("offered", offered)
                .put("perSecond", offered * 1_000_000_000L / (System.nanoTime() - began));
    }

    /** How many of the requests have failed so far, and in what way. */
    JsonObject failures() {
        return new JsonObject().put("bufferFull", bufferFull.get()).put("otherwise", otherwiseFailed.get());
    }

    /** By the slowest of the routes. */
    private long taken() {
        return BridgeStatus.of(vertx).routes().stream()
                .filter(status -> routes.contains(status.name()))
                .mapToLong(status -> status.counts().get(RouteEvent.ACCEPTED)
                        + status.counts().get(RouteEvent.REJECTED))
                .min()
                .orElseThrow();
    }

    /** As a request, published, or sent: whoever sends in whatever way is to be counted. */
    private void offer(String address) {
        var body = new JsonObject().put("n", offered).put("pad", PAD);
        if (offered % REQUEST_EVERY == 0) {
            vertx.eventBus().request(address, body, PATIENT).onComplete(reply -> {}, this::failed);
        } else if (offered % PUBLISH_EVERY == 0) {
            vertx.eventBus().publish(address, body);
        } else {
            vertx.eventBus().send(address, body);
        }
    }

    private void failed(Throwable failure) {
        var full = failure instanceof ReplyException reply && reply.failureCode() == SendFailure.BUFFER_FULL.code();
        (full ? bufferFull : otherwiseFailed).incrementAndGet();
    }
}
