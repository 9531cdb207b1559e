package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks a broker now and then whether what is sent still reaches it; see {@link Dialect#ping}. */
final class DeliveryProbe {

    private final Vertx vertx;
    private final Duration heartbeat;
    private long timer = -1;
    private boolean asking;

    /** @param heartbeat zero for never */
    DeliveryProbe(Vertx vertx, Duration heartbeat) {
        this.vertx = vertx;
        this.heartbeat = heartbeat;
    }

    /**
     * Watches this connection, and no other any more.
     *
     * @param lost told when no answer has come within two heartbeats
     */
    void watch(Peer peer, Consumer<BrokerException> lost) {
        end();
        asking = false;
        if (!heartbeat.isZero()) {
            timer = vertx.setPeriodic(heartbeat.toMillis(), id -> ask(peer, lost));
        }
    }

    private void ask(Peer peer, Consumer<BrokerException> lost) {
        if (asking) {
            return;
        }
        asking = true;
        peer.dialect()
                .ping(peer)
                .timeout(2 * heartbeat.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(ignored -> asking = false)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        lost.accept(new BrokerException(
                                BrokerException.Kind.UNREACHABLE,
                                "the broker at " + peer.place() + " has not answered for " + 2 * heartbeat.toSeconds()
                                        + " s"));
                    }
                });
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
