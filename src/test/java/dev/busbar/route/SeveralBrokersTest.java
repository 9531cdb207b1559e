package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.FreePort;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.ConnectException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a bridge starts if its routes are on several brokers. */
class SeveralBrokersTest {

    private final Vertx vertx = Vertx.vertx();
    private final int port = FreePort.next();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void deploy(String brokers, String routes) {
        var config = new JsonObject("{'broker': {'embedded': {'port': %d}}, 'brokers': {%s}, 'routes': [%s]}"
                .formatted(port, brokers, routes)
                .replace('\'', '"'));
        vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config))
                .await();
    }

    private static String far() {
        return "'far': {'uri': '" + EmbeddedBrokerJ.shared().uriText() + "'}";
    }

    private static String out(String name, String broker) {
        return "{'name': '" + name + "', 'from': {'address': 'x'}, 'to': {" + broker
                + "'key': 'k', 'exchange': 'several'}}";
    }

    @Test
    void anEmbeddedBrokerThatNoRouteUsesIsNotStarted() {
        deploy(far(), out("out", "'broker': 'far', "));

        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void anEmbeddedBrokerIsStartedBesideOthersForARouteThatNamesNone() throws Exception {
        deploy(far(), out("far", "'broker': 'far', ") + ", " + out("near", ""));

        try (var socket = new Socket("127.0.0.1", port)) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void aBrokerThatIsAwayAtTheStartFailsTheStart() {
        var away = "'away': {'uri': 'amqp://127.0.0.1:" + FreePort.next() + "', 'startTimeout': '300ms'}";

        assertThatThrownBy(() -> deploy(
                        far() + ", " + away, out("a", "'broker': 'far', ") + ", " + out("b", "'broker': 'away', ")))
                .hasStackTraceContaining("cannot reach a broker at 127.0.0.1:");
        assertThat(BridgeStatus.of(vertx).routes()).isEmpty();
    }
}
