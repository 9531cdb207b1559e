package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.hub.HubFixture;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.wamp.QueueConsumer.SettledMessage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DurableQueueTest extends HubFixture {

    private static final int PREFETCH = 5;

    private final List<SettledMessage> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger dropped = new AtomicInteger();
    private DurableQueue durableQueue;

    DurableQueueTest() {
        super(EmbeddedBrokerJ.shared());
    }

    @BeforeEach
    void declareDurableQueue() {
        open();
        var queue = new QueueConfig("durable-queue-of-" + exchange, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of());
        var topology = new Topology(hub.config().exchange(), queue, List.of(filter("n")), true);
        durableQueue = new DurableQueue(hub, topology, PREFETCH, dropped::incrementAndGet);
    }

    @AfterEach
    void leaveNothing() {
        foreign.deleteQueue(durableQueue.queue());
    }

    private QueueConsumer attach() {
        var consumer = new QueueConsumer(vertx.getOrCreateContext(), taken::addAll);
        done(hub.withConnections(ignored -> durableQueue.attach(consumer)));
        return consumer;
    }

    private void onHubLoop(Consumer<DurableQueue> work) {
        done(hub.withConnections(ignored -> {
            work.accept(durableQueue);
            return Future.succeededFuture();
        }));
    }

    /** Masters attach and detach again and again without reading, while the queue holds more than they are given. */
    @Test
    void whatIsOwedIsNoMoreThanWasInHandAndComesInOrder() {
        var first = attach();
        IntStream.range(0, 50).forEach(i -> done(produce("n", i)));
        onHubLoop(it -> it.detach(first, true));

        for (int life = 0; life < 4; life++) {
            taken.clear();
            var consumer = attach();
            onHubLoop(it -> it.requestMore(consumer));
            eventually(() -> assertThat(taken).isNotEmpty());
            assertThat(taken)
                    .hasSizeLessThanOrEqualTo(PREFETCH)
                    .first()
                    .matches(it -> it.body().equals(0));
            var unsent = List.copyOf(taken);
            onHubLoop(it -> {
                it.giveBack(unsent);
                it.detach(consumer, true);
            });
        }

        taken.clear();
        var last = attach();
        eventually(() -> {
            onHubLoop(it -> it.requestMore(last));
            assertThat(taken).hasSize(50);
        });
        assertThat(taken)
                .extracting(SettledMessage::body)
                .isEqualTo(List.<Object>copyOf(IntStream.range(0, 50).boxed().toList()));
    }

    @Test
    void whatCannotBeReadIsCountedAndTheRestComes() {
        var consumer = attach();
        var json = MessageProperties.builder()
                .contentType("application/json")
                .persistent(true)
                .build();
        foreign.publish(List.of(new BridgeMessage(exchange, "n", json, Buffer.buffer("{broken"))));
        done(produce("n", "whole"));

        eventually(() -> {
            onHubLoop(it -> it.requestMore(consumer));
            assertThat(taken).extracting(SettledMessage::body).containsExactly("whole");
        });
        assertThat(dropped).hasValue(1);
    }
}
