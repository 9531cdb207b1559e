package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.config.ConfigLoader;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.Await;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every queue that Busbar declares is what it is meant to be where the virtual host's default type is another. */
@Timeout(120)
@ExtendWith(RabbitExtension.class)
class DefaultQueueTypeIT {

    private final String name = "dq-" + UUID.randomUUID().toString().substring(0, 8);

    @Slow
    @Test
    void everyQueueSaysItsType(RabbitNode node) throws Exception {
        checkEach("amqp", node);
    }

    @Test
    @Repeats
    void overAmqp10Too(RabbitNode node) throws Exception {
        assumeTrue(node.release().isAtLeast(RabbitRelease.V4_0), "RabbitMQ 3 declares nothing");
        checkEach("amqp10", node);
    }

    private void checkEach(String scheme, RabbitNode node) throws Exception {
        node.ctl("add_vhost", name, "--default-queue-type", "quorum");
        node.ctl("set_permissions", "--vhost", name, "guest", ".*", ".*", ".*");
        var vertx = Vertx.vertx();
        try {
            var config = config(scheme, node);
            var deployed =
                    Await.done(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
            var mq = Await.done(MessageQueue.open(vertx, ConfigLoader.fromJson(config)));
            Await.done(mq.startConsuming(TopicFilter.parse("a.*"), event -> Future.succeededFuture(), name));

            assertThat(node.ctl("list_queues", "--vhost", name, "name", "type").lines())
                    .filteredOn(line -> line.contains("\t") && !line.startsWith("name"))
                    .hasSizeGreaterThanOrEqualTo(8)
                    .allSatisfy(line ->
                            assertThat(line).endsWith(line.startsWith(name + ".quorum") ? "\tquorum" : "\tclassic"));

            Await.done(mq.close());
            Await.done(vertx.undeploy(deployed));
            assertThat(node.ctl("list_queues", "--vhost", name, "name"))
                    .contains(name + ".kept")
                    .doesNotContain(name + ".gone");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            node.ctl("delete_vhost", name);
        }
    }

    private JsonObject config(String scheme, RabbitNode node) {
        return new JsonObject(
                """
                {"broker": {"uri": "%1$s"}, "exchange": {"name": "%2$s"}, "routes": [
                  {"name": "kept", "from": {"filter": "a.*", "queue": {"name": "%2$s.kept", "life": "persistent"}},
                   "to": {"address": "x"}, "onFailure": {"then": "park"}},
                  {"name": "gone", "from": {"filter": "a.*", "queue": {"name": "%2$s.gone", "life": "until-stop"}},
                   "to": {"address": "x"}},
                  {"name": "fleeting", "from": {"filter": "a.*"}, "to": {"address": "x"}},
                  {"name": "quorum", "from": {"filter": "a.*", "queue": {"name": "%2$s.quorum", "type": "quorum"}},
                   "to": {"address": "x"}},
                  {"name": "out", "from": {"address": "y"}, "to": {"key": "k", "reply": "message"}}]}
                """.formatted(node.amqpUri("guest", "guest", name).replaceFirst("^amqp:", scheme + ":"), name));
    }
}
