package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Properties and headers that are there and empty: they count as not set, in both directions. */
abstract class EmptyPropertyContract extends RouteFixture {

    EmptyPropertyContract(BrokerUnderTest broker) {
        super(broker);
    }

    /** Publishes to this test's exchange, by the key {@code builds.1.finished}, with every text property empty. */
    abstract void publishEmpty(int count) throws Exception;

    private JsonObject route(String then) {
        return json("{'name': 'in', 'from': {'filter': 'builds.*.finished', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'builds', 'delivery': 'request'}, 'timeout': '5s',"
                + " 'duplicates': {'window': 100}, 'onFailure': {'attempts': 1, 'then': '" + then + "'}}");
    }

    private CopyOnWriteArrayList<Message<Object>> handled() {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        vertx.eventBus().consumer("builds", message -> {
            received.add(message);
            message.reply("done");
        });
        return received;
    }

    @Test
    void messagesWithAnEmptyIdAreNoDuplicatesAndNobodyWaitsForAnAnswer() throws Exception {
        var received = handled();
        deploy(route("dead-letter"));

        publishEmpty(10);

        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(10));
        assertThat(count("in", RouteEvent.DUPLICATES)).isZero();
        assertThat(count("in", RouteEvent.REPLIES)).isZero();
        assertThat(count("in", RouteEvent.REPLIES_LOST)).isZero();
        assertThat(received).hasSize(10).allSatisfy(message -> {
            assertThat(message.headers().names())
                    .doesNotContain(
                            "amqp-message-id",
                            "amqp-correlation-id",
                            "amqp-reply-to",
                            "amqp-content-encoding",
                            "amqp-app-id");
            assertThat(message.body()).isInstanceOf(JsonObject.class);
        });
    }

    @Test
    void whatIsEmptyIsDeadLetteredAndParkedLikeTheRest() throws Exception {
        vertx.eventBus().consumer("builds", message -> message.fail(1, "no disk"));
        deploy(route("park"));

        publishEmpty(10);

        eventually(() -> assertThat(count("in", RouteEvent.PARKED)).isEqualTo(10));
        assertThat(depth(exchange + "-q.parked")).isEqualTo(10);
    }

    @Test
    void whatASenderLeavesEmptyIsNotSet() {
        deploy(json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'k', 'mandatory': false}}"));
        var queue = bound("k");
        var options = new DeliveryOptions();
        for (var name : new String[] {
            "message-id",
            "correlation-id",
            "reply-to",
            "content-type",
            "content-encoding",
            "timestamp",
            "priority",
            "expiration",
            "type",
            "user-id",
            "app-id",
            "persistent",
            "header-types"
        }) {
            options.addHeader("amqp-" + name, "");
        }

        get(vertx.eventBus().request("changes", new JsonObject().put("n", 1), options));

        var properties = take(queue).properties();
        assertThat(properties.messageId()).hasSize(22);
        assertThat(properties.contentType()).isEqualTo("application/json");
        assertThat(properties.replyTo()).isNull();
        assertThat(properties.correlationId()).isNull();
        assertThat(properties.expiration()).isNull();
        assertThat(properties.persistent()).isTrue();
    }
}
