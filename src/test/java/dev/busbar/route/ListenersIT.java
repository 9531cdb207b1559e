package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.cluster.Clusters;
import dev.busbar.config.ClusterConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.broker.Await;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who listens at an address is known on this node and on others; fails first when a Vert.x keeps it otherwise. */
class ListenersIT {

    private final List<Vertx> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(vertx -> Await.done(vertx.close()));
    }

    private static boolean any(Vertx vertx, boolean localOnly) {
        return Await.done(Listeners.any(vertx, "a", localOnly));
    }

    private Vertx clustered(int port, int other) {
        ClusterConfig config = ConfigLoader.parse(
                        "broker: {uri: 'amqp://h'}\ncluster: {enabled: true, name: l" + Math.min(port, other)
                                + ", port: " + port + ", members: ['127.0.0.1:" + port + "', '127.0.0.1:" + other
                                + "']}",
                        "test")
                .orThrow()
                .cluster();
        var vertx = Await.done(Clusters.start(new VertxOptions(), config));
        started.add(vertx);
        return vertx;
    }

    @Test
    void comeAndGoOnOneNode() {
        var vertx = Vertx.vertx();
        started.add(vertx);
        assertThat(Listeners.known(vertx)).isTrue();
        assertThat(any(vertx, false)).isFalse();

        var first = vertx.eventBus().consumer("a", message -> {});
        var second = vertx.eventBus().localConsumer("a", message -> {});
        assertThat(any(vertx, false)).isTrue();
        Await.done(first.unregister());
        assertThat(any(vertx, false)).isTrue();
        Await.done(second.unregister());
        assertThat(any(vertx, false)).isFalse();
    }

    @Test
    void areFoundOnOtherNodesUnlessTheyAreLocalThere() {
        var port = FreePort.next();
        var other = FreePort.next();
        var here = clustered(port, other);
        var there = clustered(other, port);
        assertThat(any(here, false)).isFalse();

        Await.done(there.eventBus().localConsumer("a", message -> {}).completion());
        assertThat(any(there, false)).isTrue();
        assertThat(any(here, false)).isFalse();

        var consumer = there.eventBus().consumer("a", message -> {});
        Await.done(consumer.completion());
        await().atMost(Duration.ofSeconds(30)).until(() -> any(here, false));
        assertThat(any(here, true)).isFalse();

        Await.done(consumer.unregister());
        await().atMost(Duration.ofSeconds(30)).until(() -> !any(here, false));
    }
}
