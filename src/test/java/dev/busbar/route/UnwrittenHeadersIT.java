package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A message with headers that leave no room for those that tell of the move: it is parked all the same, and holds up no
 * others.
 */
@ExtendWith(RabbitExtension.class)
class UnwrittenHeadersIT extends RouteFixture {

    private static final String KEY = "builds.1.finished";

    /** A little less than a frame has room for, in which all headers have to be. */
    private static final int LONG = (128 << 10) - 200;

    UnwrittenHeadersIT(RabbitNode node) {
        super(new RabbitMq(node));
    }

    @Test
    void headersThatAreTooLongBesideTheReasonAreLeftOut() {
        vertx.eventBus().consumer("builds", message -> message.fail(1, "no disk"));
        deploy(json("{'name': 'in', 'from': {'filter': 'builds.*.finished', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'builds', 'delivery': 'request'}, 'timeout': '5s',"
                + " 'onFailure': {'attempts': 1, 'then': 'park'}}"));

        publish(
                KEY,
                MessageProperties.builder()
                        .contentType("application/json")
                        .messageId("17")
                        .header("long", "x".repeat(LONG)),
                "{\"n\": 1}");

        var parked = take(exchange + "-q.parked");
        assertThat(parked.properties().messageId()).isEqualTo("17");
        assertThat(parked.properties().contentType()).isEqualTo("application/json");
        assertThat(parked.message().body()).hasToString("{\"n\": 1}");
        assertThat(parked.header("long")).isNull();
        assertThat(parked.header("x-busbar-reason")).asString().contains("no disk");
        assertThat(parked.header("x-busbar-routing-key")).isEqualTo(KEY);
        assertThat(parked.header("x-busbar-unwritten")).asString().contains("frame size");
    }
}
