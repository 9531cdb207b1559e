package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.broker.RabbitMq10;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The plugin changes no bindings, so that there can be no router. */
@ExtendWith(RabbitExtension.class)
class RabbitMq10WampIT extends WampScenario {
    RabbitMq10WampIT(RabbitNode node) {
        super(new RabbitMq10(node));
    }

    @BeforeEach
    void anExchange() {
        foreign.declareExchange(exchange, "topic");
    }

    @Test
    void itSaysAtTheStartWhatToDoInstead() {
        assertThatThrownBy(this::serve).hasMessageStartingWith("wamp.enabled: ").hasMessageContaining("Use amqp://");
    }
}
