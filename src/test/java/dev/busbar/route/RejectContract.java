package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Messages that are left to the broker's own dead-lettering after their last attempt, whatever the broker. */
abstract class RejectContract extends RouteFixture {

    RejectContract(BrokerUnderTest broker) {
        super(broker);
    }

    /** Arranges that the broker keeps what is rejected from the queue of that name; returns where. */
    abstract String deadLetterQueue(JsonObject queue);

    String queue() {
        return exchange + "-q";
    }

    JsonObject route() {
        return json("{'name': 'in', 'from': {'filter': 'builds.#', 'queue': {'name': '" + queue() + "'}}, 'to':"
                + " {'address': 'builds', 'delivery': 'request'}, 'onFailure': {'attempts': 2, 'then': 'reject',"
                + " 'backoff': {'initial': '10ms', 'max': '50ms'}}}");
    }

    @Test
    void theQueuesOwnDeadLetteringGetsWhatHasFailedAtLast() {
        var attempts = new CopyOnWriteArrayList<String>();
        vertx.eventBus().localConsumer("builds", message -> {
            attempts.add(message.headers().get("amqp-attempt"));
            message.fail(1, "never");
        });
        var route = route();
        var dead = deadLetterQueue(route.getJsonObject("from").getJsonObject("queue"));
        deploy(route);
        publish(
                "builds.1",
                MessageProperties.builder().contentType("application/json").messageId("m-1"),
                "1");

        var taken = take(dead);
        assertThat(taken.text()).isEqualTo("1");
        assertThat(taken.properties().messageId()).isEqualTo("m-1");
        assertThat(attempts).containsExactly("1", "2");
        assertThat(count("in", RouteEvent.REJECTED)).isEqualTo(1);
        eventually(() -> assertThat(depth(queue())).isZero());
        assertThat(foreign.queueExists(exchange + ".dead-letter")).isFalse();
        if (broker.abilities().contains(Ability.DECLARING)) {
            assertThat(foreign.exchangeExists(exchange + ".dead-letter")).isFalse();
        }
    }

    @Test
    void whatCannotBeReadIsRejectedTooAndTheRouteGoesOn() {
        vertx.eventBus().localConsumer("builds", message -> message.reply(null));
        var route = route();
        var dead = deadLetterQueue(route.getJsonObject("from").getJsonObject("queue"));
        deploy(route);
        publish("builds.1", "{broken");
        publish("builds.2", "2");

        assertThat(take(dead).text()).isEqualTo("{broken");
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        assertThat(count("in", RouteEvent.REJECTED)).isEqualTo(1);
    }
}
