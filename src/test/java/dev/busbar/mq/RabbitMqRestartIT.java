package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.RabbitMq;
import dev.busbar.hub.HubScenario;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The broker is killed and comes back, under listeners and consumers that stay. */
@ExtendWith(RabbitExtension.class)
class RabbitMqRestartIT extends HubScenario {

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

    private Future<?> listenWhileAway() {
        return hub.listen(filter("away"), 0, message -> {});
    }
}
