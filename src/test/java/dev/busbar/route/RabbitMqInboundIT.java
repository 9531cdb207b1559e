package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqInboundIT extends InboundContract {
    RabbitMqInboundIT(RabbitNode node) {
        super(new RabbitMq(node));
    }

    /** In a frame, which all headers have to fit into, there is no room left for why it is dead. */
    @Test
    void whatCannotBeDeadLetteredWithItsHeadersGoesWithoutAndHoldsNoPlace() {
        vertx.eventBus().localConsumer("large", message -> message.fail(1, "no"));
        deploy(json("{'name': 'in', 'from': {'filter': 'k', 'queue': {'name': '" + exchange
                + "-large'}}, 'to': {'address': 'large'}, 'prefetch': 1, 'onFailure': {'attempts': 1}}"));
        publish(
                "k",
                MessageProperties.builder().contentType("application/json").header("x-large", "x".repeat(130_960)),
                "{}");
        publish("k", MessageProperties.builder().contentType("application/json").header("x-small", 1), "{}");

        var large = take(exchange + ".dead-letter");
        assertThat(large.text()).isEqualTo("{}");
        assertThat(large.header("x-large")).isNull();
        assertThat(large.header("x-busbar-unwritten")).asString().contains("frame");
        assertThat(large.header("x-busbar-reason")).asString().contains("no");
        assertThat(take(exchange + ".dead-letter").header("x-small")).isEqualTo(1);
        eventually(() -> assertThat(status("in").open()).isZero());
        foreign.deleteQueue(exchange + "-large");
    }
}
