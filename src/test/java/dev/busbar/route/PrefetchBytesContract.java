package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a route has in hand is bounded in bytes, whatever the broker. */
abstract class PrefetchBytesContract extends RouteFixture {

    private static final int KIB = 1_024;
    private static final int BOUND = 1_024 * KIB;

    private final List<Message<Object>> held = new CopyOnWriteArrayList<>();
    private final AtomicLong peak = new AtomicLong();
    private volatile boolean holding = true;

    PrefetchBytesContract(BrokerUnderTest broker) {
        super(broker);
    }

    private JsonObject route() {
        return json("{'name': 'in', 'from': {'filter': 'k', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'a', 'delivery': 'request'}, 'prefetch': 100,"
                + " 'prefetchBytes': '1MiB', 'timeout': '1m'}");
    }

    private void given() {
        vertx.eventBus().localConsumer("a", message -> {
            if (holding) {
                held.add(message);
            } else {
                message.reply(null);
            }
        });
        deploy(route());
        vertx.setPeriodic(
                1,
                id -> BridgeStatus.of(vertx)
                        .routes()
                        .forEach(route -> peak.accumulateAndGet(route.bufferedBytes(), Math::max)));
    }

    private void publish(int count, int bytes) {
        for (var n = 0; n < count; n++) {
            // Without ids: nobody could tell that they come again.
            publish(
                    "k",
                    MessageProperties.builder()
                            .contentType("application/octet-stream")
                            .build(),
                    Buffer.buffer(new byte[bytes]));
        }
    }

    /** Replies to whatever is held until so many have been handled. */
    private void replyUntil(int handled) {
        eventually(() -> {
            var now = new ArrayList<>(held);
            held.removeAll(now);
            now.forEach(message -> message.reply(null));
            assertThat(count("in", RouteEvent.HANDLED)).as("%s", status("in")).isEqualTo(handled);
        });
    }

    @Test
    void largeMessagesAreInHandAFewAtATimeAndEachIsHandledOnce() {
        given();
        publish(40, 300 * KIB);
        eventually(() -> assertThat(held).hasSize(3));
        eventually(() -> assertThat(count("in", RouteEvent.GIVEN_BACK)).isPositive());
        assertThat(status("in").condition()).isEqualTo(Condition.READY);

        replyUntil(40);

        assertThat(peak.get()).isBetween(900L * KIB, (long) BOUND);
        assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(40);
        eventually(() -> assertThat(depth(exchange + "-q")).isZero());
        assertThat(status("in").bufferedBytes()).isZero();
    }

    @Test
    void oneLargerThanAllThatMayBeInHandPassesAlone() {
        given();
        publish(1, 2 * BOUND);
        publish(2, KIB);
        eventually(() -> assertThat(held).hasSize(1));

        replyUntil(3);
    }

    @Test
    void thePrefetchGrowsAgainWhenMessagesAreSmall() {
        given();
        publish(30, 300 * KIB);
        replyUntil(30);

        holding = false;
        publish(4_000, 10);
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(4_030));
        holding = true;
        publish(300, 10);

        eventually(() -> assertThat(status("in").open()).isEqualTo(100));
        holding = false;
        replyUntil(4_330);
    }
}
