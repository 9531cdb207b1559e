package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code conf} carry messages as they are, but for the broker's port. */
@ExtendWith(RabbitExtension.class)
class ShippedConfigIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        RouteFixture.get(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp10", "amqp"})
    void brokerJ(String scheme, @TempDir Path store) {
        var settings = new EmbeddedConfig("127.0.0.1", 0, store.toString(), "guest", new Secret("guest"));
        var broker = RouteFixture.get(EmbeddedBroker.start(vertx, settings));
        try {
            carries("conf/qpid.yaml", scheme + "://localhost:" + broker.port());
        } finally {
            RouteFixture.get(broker.stop());
        }
    }

    @Test
    void rabbitMq(RabbitNode node) {
        carries("conf/rabbitmq.yaml", node.uri());
    }

    /** A change leaves by one route; a second bridge brings it back as a finished build. */
    private void carries(String file, String uri) {
        var shipped = RouteFixture.get(deploy(load(file, uri).toJson()));
        var received = Promise.<JsonObject>promise();
        vertx.eventBus().<JsonObject>consumer("builds.finished", message -> {
            message.reply(null);
            received.tryComplete(message.body());
        });
        var builds = new JsonObject()
                .put("name", "builds")
                .put("from", new JsonObject().put("address", "builds"))
                .put("to", new JsonObject().put("key", "builds.{id}.finished"));
        var other = RouteFixture.get(deploy(new JsonObject()
                .put("broker", new JsonObject().put("uri", uri))
                .put("routes", new JsonArray().add(builds))));

        RouteFixture.get(vertx.eventBus().request("changes", new JsonObject().put("id", 1)));
        RouteFixture.get(vertx.eventBus().request("builds", new JsonObject().put("id", 17)));

        assertThat(RouteFixture.get(received.future())).isEqualTo(new JsonObject().put("id", 17));
        RouteFixture.get(Future.join(vertx.undeploy(shipped), vertx.undeploy(other)));
    }

    private static BusbarConfig load(String file, String uri) {
        return ConfigLoader.withEnvironment(Map.of("BUSBAR_BROKER", uri)::get)
                .loadFile(Path.of(file))
                .orThrow();
    }

    private Future<String> deploy(JsonObject config) {
        return vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config));
    }
}
