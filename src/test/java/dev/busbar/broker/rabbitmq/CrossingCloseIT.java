package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.ConnectionState;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

/** A channel that the broker closes costs no connection, whatever is sent on it at that moment. */
class CrossingCloseIT extends ClientFixture {

    private static final int TIMES = 50;

    @Test
    void aCommandThatCrossesTheEndOfItsChannelEndsNoConnection() {
        declareQueue();
        var before = epoch();
        for (var i = 0; i < TIMES; i++) {
            client.basicPublish(queue + "-missing", "k", Buffer.buffer("x"));
            // Some come before the broker has closed the channel, some as it does, some after that.
            var crossing = client.messageCount(queue);
            eventually(() -> assertThat(crossing.isComplete()).isTrue());
            eventually(() -> assertThat(client.isOpenChannel()).isTrue());
        }
        assertThat(done(client.messageCount(queue))).isZero();
        assertThat(epoch()).as("connections so far").isEqualTo(before);
    }

    private long epoch() {
        return ((ConnectionState.Connected) client.connectionState()).epoch();
    }
}
