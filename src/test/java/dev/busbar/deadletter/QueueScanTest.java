package dev.busbar.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Fetcher;
import dev.busbar.testing.broker.SampleDelivery;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class QueueScanTest {

    /** Has messages that nobody can look at, however that comes about. */
    private static final class Broken implements Fetcher {

        @Override
        public Future<Delivery> next() {
            return Future.succeededFuture(SampleDelivery.of(null));
        }

        @Override
        public String ended() {
            return null;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    /** Whoever asks for dead letters would hear nothing until the time for it is up, and then not why. */
    @Test
    void aMessageThatCannotBeLookedAtFailsTheSweepAtOnce() {
        var scan = new QueueScan(new Broken(), new QueueScan.Visitor() {
            @Override
            public boolean wantsMore() {
                return true;
            }

            @Override
            public Future<Boolean> visit(DeadMessage message) {
                throw new AssertionError("there is none");
            }
        });

        var over = scan.run();

        assertThat(over.isComplete()).isTrue();
        assertThat(over.cause()).isInstanceOf(NullPointerException.class);
    }
}
