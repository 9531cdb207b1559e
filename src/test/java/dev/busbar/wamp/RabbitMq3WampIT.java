package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.RabbitMq10;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The AMQP 1.0 plugin of RabbitMQ 3 cannot change bindings, so the router refuses to start. */
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V3)
class RabbitMq3WampIT extends WampFixture {
    RabbitMq3WampIT(RabbitNode node) {
        super(RabbitMq10.at(node));
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
