package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejection on RabbitMQ, over either protocol: a queue has a dead-letter exchange, or none. */
abstract class RabbitRejectContract extends RejectContract {

    private final RabbitNode node;

    RabbitRejectContract(BrokerUnderTest broker, RabbitNode node) {
        super(broker);
        this.node = node;
    }

    private String keeper() {
        foreign.declareExchange(exchange + "-dlx", "fanout");
        foreign.declareQueue(exchange + "-dead");
        foreign.bind(exchange + "-dead", exchange + "-dlx", "");
        return exchange + "-dead";
    }

    @Override
    String deadLetterQueue(JsonObject queue) {
        queue.put("arguments", new JsonObject().put("x-dead-letter-exchange", exchange + "-dlx"));
        return keeper();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void aQueueWithoutADeadLetterExchangeForgetsIt(String type) {
        vertx.eventBus().localConsumer("builds", message -> message.fail(1, "never"));
        var route = route();
        route.getJsonObject("from").getJsonObject("queue").put("type", type);
        deploy(route);
        publish("builds.1", "1");

        eventually(() -> assertThat(count("in", RouteEvent.REJECTED)).isEqualTo(1));
        eventually(() -> assertThat(depth(queue())).isZero());
        get(vertx.undeploy(vertx.deploymentIDs().iterator().next()));
        assertThat(depth(queue())).isZero();
    }

    @Test
    void whatHasWaitedInTheBrokerIsDeadLetteredFromItsQueue() {
        vertx.eventBus().localConsumer("builds", message -> message.fail(1, "never"));
        var route = route();
        route.getJsonObject("onFailure").put("wait", "broker").put("attempts", 3);
        foreign.declareExchange(exchange + "-dlx", "topic");
        var dead = exchange + "-dead";
        foreign.declareQueue(dead);
        foreign.bind(dead, exchange + "-dlx", "failed.#");
        var arguments = new JsonObject()
                .put("x-dead-letter-exchange", exchange + "-dlx")
                .put("x-dead-letter-routing-key", "failed.builds");
        route.getJsonObject("from").getJsonObject("queue").put("arguments", arguments);
        deploy(route);
        publish("builds.1", "1");

        assertThat(take(dead).text()).isEqualTo("1");
        assertThat(count("in", RouteEvent.DELAYED)).isEqualTo(2);
        assertThat(count("in", RouteEvent.REJECTED)).isEqualTo(1);
        eventually(() -> assertThat(depth(queue())).isZero());
    }

    /** Those from 4.3 on know the argument; with others messages would wait in delay queues, and lose their keys. */
    @Test
    void aQueueThatIsToDelayByItselfNeedsABrokerThatKnows() {
        assumeFalse(node.release().isAtLeast(RabbitRelease.V4));
        var route = route();
        route.getJsonObject("onFailure").put("wait", "broker");
        route.getJsonObject("from")
                .getJsonObject("queue")
                .put("type", "quorum")
                .put("arguments", json("{'x-delayed-retry-type': 'failed', 'x-dead-letter-exchange': 'dlx'}"));

        assertThatThrownBy(() -> deploy(route))
                .hasStackTraceContaining("route 'in' cannot start: onFailure.then is reject")
                .hasStackTraceContaining("x-dead-letter-routing-key");
    }

    @Test
    void aUserWhoMayOnlyReadRejectsFromAQueueOfOthersByItsPolicy() {
        var dead = keeper();
        foreign.declareQueue(queue(), Map.of());
        node.ctl("add_user", exchange, "secret");
        node.ctl("set_permissions", exchange, "^$", "^$", ".*");
        node.ctl("set_policy", exchange, "^" + queue() + "$", "{\"dead-letter-exchange\":\"" + exchange + "-dlx\"}");
        vertx.eventBus().localConsumer("builds", message -> message.fail(1, "never"));
        var route = route();
        route.getJsonObject("from").remove("filter");
        var config = config(route);
        var uri = URI.create(broker.uriText());
        config.getJsonObject("broker").put("uri", broker.uriText().replace(uri.getRawUserInfo(), exchange + ":secret"));
        deploy(config, 1);
        foreign.publish("", queue(), "1");
        foreign.publish("", queue(), "2");

        assertThat(List.of(take(dead).text(), take(dead).text())).containsExactlyInAnyOrder("1", "2");
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
        get(vertx.undeploy(vertx.deploymentIDs().iterator().next()));
        node.ctl("clear_policy", exchange);
        node.ctl("delete_user", exchange);
    }

    /** The usual way to have a pause between attempts with RabbitMQ alone. */
    @Test
    void whatComesBackFromTheDeadLetterQueueIsHandledAnew() {
        foreign.declareExchange(exchange + "-dlx", "fanout");
        foreign.declareQueue(
                exchange + "-pause",
                Map.of("x-message-ttl", 50, "x-dead-letter-exchange", "", "x-dead-letter-routing-key", queue()));
        foreign.bind(exchange + "-pause", exchange + "-dlx", "");
        var route = route();
        route.getJsonObject("onFailure").put("attempts", 1);
        route.getJsonObject("from")
                .getJsonObject("queue")
                .put("arguments", new JsonObject().put("x-dead-letter-exchange", exchange + "-dlx"));
        vertx.eventBus().localConsumer("builds", message -> {
            if (count("in", RouteEvent.RECEIVED) < 4) {
                message.fail(1, "not yet");
            } else {
                message.reply(null);
            }
        });
        deploy(route);
        publish("builds.1", MessageProperties.builder().messageId("m"), "1");

        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        assertThat(count("in", RouteEvent.REJECTED)).isEqualTo(3);
    }
}
