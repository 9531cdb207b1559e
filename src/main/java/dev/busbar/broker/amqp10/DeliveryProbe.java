package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks a broker from time to time whether what is sent still reaches it; see {@link Dialect#ping}. */
final class DeliveryProbe {

    private final Vertx vertx;
    private final Duration heartbeat;
    private long timer = -1;
    private boolean awaitsAnswer;

    /** @param heartbeat the time between two questions; zero to ask none */
    DeliveryProbe(Vertx vertx, Duration heartbeat) {
        this.vertx = vertx;
        this.heartbeat = heartbeat;
    }

    /**
     * Watches this connection instead of an earlier one.
     *
     * @param lost called when no answer has come within two heartbeats
     */
    void watch(Peer peer, Consumer<BrokerException> lost) {
        end();
        awaitsAnswer = false;
        if (!heartbeat.isZero()) {
            timer = vertx.setPeriodic(heartbeat.toMillis(), id -> ask(peer, lost));
        }
    }

    private void ask(Peer peer, Consumer<BrokerException> lost) {
        if (awaitsAnswer) {
            return;
        }
        awaitsAnswer = true;
        peer.dialect()
                .ping(peer)
                .timeout(2 * heartbeat.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(ignored -> awaitsAnswer = false)
                .onFailure(failure -> {
                    if (failure instanceof TimeoutException) {
                        lost.accept(new BrokerException(
                                BrokerException.Kind.UNREACHABLE,
                                "the broker at " + peer.hostAndPort() + " has not answered for "
                                        + 2 * heartbeat.toSeconds() + " s"));
                    }
                });
    }

    void end() {
        vertx.cancelTimer(timer);
    }
}
