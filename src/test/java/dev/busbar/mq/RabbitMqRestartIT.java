package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.hub.HubFixture;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The broker is killed and comes back, under listeners and consumers that stay. */
@ExtendWith(RabbitExtension.class)
class RabbitMqRestartIT extends HubFixture {

    private final RabbitNode node;

    RabbitMqRestartIT(@PrivateNode RabbitNode node) {
        super(new RabbitMq(node));
        this.node = node;
    }

    @Test
    void listenersComeBackAndAreToldAndGetWhatIsProducedMeanwhileAndPersistentBacklogIsKeptInOrder() {
        open();
        var mq = MessageQueue.over(hub);
        var inbox = listen("live.*");
        var got = new CopyOnWriteArrayList<Object>();
        var ref = done(mq.startConsuming(filter("p"), event -> null, "kept"));
        done(ref.stopConsuming());
        done(Future.join(IntStream.range(0, 300)
                .mapToObj(i -> mq.produce(RoutingKey.of("p"), i))
                .toList()));

        node.kill();
        eventually(() -> assertThat(hub.status().consuming()).isFalse());
        var waiting = listenWhileAway();
        var produced = mq.produce(RoutingKey.of("p"), 300);
        var live = IntStream.range(0, 100).mapToObj(i -> produce("live.x", i)).toList();
        node.start();

        eventually(() -> assertThat(inbox.interruptions).isNotEmpty());
        done(produced);
        done(waiting);
        done(Future.join(live));
        eventually(() -> assertThat(inbox.bodies)
                .isEqualTo(IntStream.range(0, 100).boxed().toList()));
        done(mq.startConsuming(
                filter("p"),
                event -> {
                    got.add(event.body());
                    return null;
                },
                "kept"));
        eventually(() ->
                assertThat(got).isEqualTo(IntStream.rangeClosed(0, 300).boxed().collect(Collectors.toList())));
        foreign = broker.admin();
    }

    /** The broker has the message back by then, and delivers it again. */
    @Slow
    @Test
    void whatAHandlerHasWhileTheConnectionIsLostIsNotHandledOnceMore() {
        open("{'persistent': {'onFailure': {'attempts': 2, 'backoff': {'initial': '1ms', 'max': '1ms'}}}}");
        var mq = MessageQueue.over(hub);
        var got = new CopyOnWriteArrayList<Object>();
        var outcomes = new LinkedBlockingQueue<Promise<Void>>();
        var name = "held-" + exchange;
        done(mq.startConsuming(
                filter("h"),
                event -> {
                    got.add(event.body());
                    var outcome = Promise.<Void>promise();
                    outcomes.add(outcome);
                    return outcome.future();
                },
                name));
        for (var n = 0; n < 3; n++) {
            done(mq.produce(RoutingKey.of("h"), n));
        }
        eventually(() -> assertThat(got).hasSize(1));

        lose("busbar.mq." + name + "@" + exchange);
        outcomes.remove().fail("first attempt");
        eventually(() -> assertThat(got).containsExactly(0, 0));
        outcomes.remove().fail("second attempt");
        eventually(() -> assertThat(got).containsExactly(0, 0, 1));
        lose("busbar.mq." + name + "@" + exchange);
        outcomes.remove().complete();

        eventually(() -> assertThat(got).containsExactly(0, 0, 1, 2));
        outcomes.remove().complete();
        eventually(() -> assertThat(foreign.get(exchange + ".dead-letter"))
                .satisfies(dead -> assertThat(dead.header("x-busbar-attempts")).isEqualTo(2)));
        assertThat(foreign.get(exchange + ".dead-letter")).isNull();
    }

    private void lose(String queue) {
        foreign.close();
        node.ctl("close_all_connections", "lost");
        foreign = broker.admin();
        eventually(() -> {
            var status = foreign.status(queue);
            assertThat(status.consumers()).isOne();
            assertThat(status.messages()).isZero();
        });
    }

    private Future<?> listenWhileAway() {
        return hub.listen(filter("away"), 0, message -> {});
    }
}
