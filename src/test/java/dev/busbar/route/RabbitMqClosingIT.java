package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.CuttableProxy;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Vert.x closed while a bridge is on its way up: nothing stays behind on the broker. */
@ExtendWith(RabbitExtension.class)
class RabbitMqClosingIT extends RouteFixture {

    private static RabbitNode node;

    @BeforeAll
    static void start(RabbitNode shared) {
        node = shared;
    }

    RabbitMqClosingIT() {
        super(new RabbitMq(node));
    }

    /** Seen from the sockets: the broker takes up to half a minute to list connections while it buries some. */
    @Test
    void noConnectionOutlivesTheVertxThatOpenedIt() throws Exception {
        try (var network = new CuttableProxy("127.0.0.1", node.port())) {
            var config = config(json("{'name': 'in', 'from': {'filter': '#'}, 'to': {'address': 'a'}}"));
            config.getJsonObject("broker").put("uri", "amqp://guest:guest@127.0.0.1:" + network.port());
            for (var millis = 0; millis < 120; millis += 8) {
                var closing = Vertx.vertx();
                closing.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config));
                var wait = new CountDownLatch(1);
                vertx.setTimer(millis + 1, id -> wait.countDown());
                wait.await();
                get(closing.close());
            }
            eventually(() -> assertThat(network.connections()).isZero());
            assertThat(network.accepted()).isPositive();
        }
    }
}
