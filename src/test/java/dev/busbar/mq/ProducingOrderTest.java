package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.hub.HubFixture;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is produced reaches the consumers of the same queue that were started before, even if nobody has waited. */
class ProducingOrderTest extends HubFixture {

    private final String name = "n" + UUID.randomUUID().toString().substring(0, 8);
    private MessageQueue mq;

    ProducingOrderTest() {
        super(EmbeddedBrokerJ.shared());
    }

    @AfterEach
    void closeQueue() {
        done(mq.close());
        foreign.deleteQueue("busbar.mq." + name + "@" + exchange);
    }

    @Test
    void nothingIsProducedBeforeTheConsumersStartedEarlierAreLive() {
        mq = done(MessageQueue.open(vertx, config("{'grace': '0s'}")));
        List<Object> kept = new CopyOnWriteArrayList<>();
        List<Object> heard = new CopyOnWriteArrayList<>();

        mq.startConsuming(filter("builds.*"), event -> took(kept, event), name);
        for (int i = 0; i < 100; i++) {
            mq.startConsuming(filter("builds." + i), event -> took(heard, event));
            mq.produce(RoutingKey.of("builds", Integer.toString(i)), i);
        }

        var all = IntStream.range(0, 100).boxed().toList();
        eventually(() -> assertThat(kept).isEqualTo(all));
        eventually(() -> assertThat(heard).containsExactlyInAnyOrderElementsOf(all));
    }

    private static Future<?> took(List<Object> bodies, Event event) {
        bodies.add(event.body());
        return null;
    }
}
