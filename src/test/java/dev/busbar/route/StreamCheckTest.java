package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.SampleDelivery;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Of a stream whose answers come or do not; the scenarios of streams have it on real ones. */
class StreamCheckTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final long NOTHING = -1;
    private static final Topology STREAM = new Topology(
            new ExchangeConfig("x", "topic", true, Map.of()),
            new QueueConfig("s", QueueLife.PERSISTENT, QueueType.STREAM, Map.of()),
            List.of());

    @AfterAll
    static void close() {
        Await.done(VERTX.close());
    }

    @Test
    void aStreamThatHasGoneOnIsTheSame() {
        assertThat(reaches(100, 99)).isTrue();
    }

    @Test
    void aStreamWithoutTheOffsetIsAnother() {
        assertThat(reaches(100, NOTHING, 0, NOTHING)).isFalse();
    }

    @Test
    void aBrokerThatWasSlowForAWhileSaysNothing() {
        assertThat(reaches(100, NOTHING, 0, 99)).isTrue();
    }

    /** @param answers the offset of the first message for each time that somebody begins to read */
    private static boolean reaches(long offset, long... answers) {
        Deque<Long> left = new ArrayDeque<>(Arrays.stream(answers).boxed().toList());
        var connection = stub(BrokerConnection.class, arguments -> {
            assertThat(((SubscriptionSpec) arguments[0]).offset()).isNotNull();
            @SuppressWarnings("unchecked")
            var handler = (Handler<Delivery>) arguments[1];
            if (left.peek() != NOTHING) {
                handler.handle(SampleDelivery.ofStream(left.peek()));
            }
            left.remove();
            return Future.succeededFuture(stub(Subscription.class, ignored -> Future.succeededFuture()));
        });
        var check = new StreamCheck(VERTX, connection, "r", STREAM, Duration.ofMillis(20));
        return Await.done(check.reaches(offset, () -> false));
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    /** All of its methods answer so. */
    private static <T> T stub(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer.to(arguments)));
    }
}
