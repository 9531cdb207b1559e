package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Fetcher;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class SweepTest {

    /** A message that nobody can look at, however that comes about. */
    private static final class Broken implements Delivery, Fetcher {

        @Override
        public Future<Delivery> next() {
            return Future.succeededFuture(this);
        }

        @Override
        public BridgeMessage message() {
            throw new IllegalStateException("no such message");
        }

        @Override
        public String ended() {
            return null;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }

        @Override
        public String incomplete() {
            return null;
        }

        @Override
        public boolean redelivered() {
            return false;
        }

        @Override
        public void forget() {}

        @Override
        public boolean live() {
            return true;
        }

        @Override
        public void settle(Settlement settlement) {}
    }

    /** Whoever asks for dead letters would hear nothing until the time for it is up, and then not why. */
    @Test
    void aMessageThatCannotBeLookedAtFailsTheSweepAtOnce() {
        var sweep = new Sweep(new Broken(), new Sweep.Look() {
            @Override
            public boolean wantsMore() {
                return true;
            }

            @Override
            public Future<Boolean> at(DeadMessage message) {
                throw new AssertionError("there is none");
            }
        });

        var over = sweep.run();

        assertThat(over.isComplete()).isTrue();
        assertThat(over.cause()).hasMessage("no such message");
    }
}
