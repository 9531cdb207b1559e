package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.cluster.Clusters;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Routes that share a queue by {@code otherwise: next}, of which one node of a cluster is active. */
@ExtendWith(RabbitExtension.class)
class NextRouteSingletonIT extends RouteFixture {

    /** Longer than Busbar waits for a handler before it lets the other nodes have the messages. */
    private static final Duration SLOW = Duration.ofSeconds(4);

    NextRouteSingletonIT(RabbitNode node) {
        super(new RabbitMq(node));
    }

    @BeforeEach
    void joinCluster() {
        get(vertx.close());
        var port = FreePort.next();
        vertx = get(Clusters.start(
                new VertxOptions(),
                ConfigLoader.parse(
                                "broker: {uri: 'amqp://h'}\ncluster: {enabled: true, name: n" + port + ", port: " + port
                                        + ", members: ['127.0.0.1:" + port + "']}",
                                "test")
                        .orThrow()
                        .cluster()));
    }

    private List<Message<Object>> collect(String address, Duration after) {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus()
                .consumer(address, message -> {
                    received.add(message);
                    vertx.timer(after.toMillis()).onSuccess(over -> message.reply(null));
                })
                .completion());
        return received;
    }

    @Test
    void aMissingHandlerTakesNoMessageFromAnotherThatWorks() {
        var queue = exchange + "-q";
        var first = collect("first", SLOW);
        deploy(
                json("{'name': 'first', 'from': {'filter': 'k.#', 'queue': '" + queue
                        + "', 'where': [{'header': 'x-kind', 'equals': 'first'}], 'otherwise': 'next'},"
                        + " 'to': {'address': 'first'}, 'scope': 'singleton'}"),
                json("{'name': 'second', 'from': {'queue': '" + queue + "'}, 'to': {'address': 'second'}}"));
        for (var kind : List.of("first", "second")) {
            publish("k." + kind, MessageProperties.builder().headers(Map.of("x-kind", kind)), "{}");
        }
        eventually(() -> assertThat(first).hasSize(1));
        eventually(() -> assertThat(count("first", RouteEvent.HANDLED)).isEqualTo(1));
        eventually(() -> assertThat(depth(queue)).as("what has no handler").isEqualTo(1));

        var second = collect("second", Duration.ofMillis(1));
        eventually(() -> assertThat(second).hasSize(1));
        eventually(() -> assertThat(depth(queue)).isZero());
        eventually(() -> assertThat(status("first").open()).isZero());

        assertThat(first).hasSize(1);
        assertThat(count("first", RouteEvent.RECEIVED)).isEqualTo(3);
        assertThat(count("first", RouteEvent.DUPLICATES)).isZero();
    }
}
