package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.broker.EmbeddedBrokerJ;
import org.junit.jupiter.api.Test;

class BrokerJMessageQueueTest extends MessageQueueContract {
    BrokerJMessageQueueTest() {
        super(EmbeddedBrokerJ.shared());
    }

    @Test
    void rejectionIsRefused() {
        openQueue("{'persistent': {'onFailure': {'then': 'reject'}}}");

        assertThatThrownBy(() -> done(mq.startConsuming(filter("d"), event -> null, name)))
                .hasMessageContaining("Set onFailure.then to dead-letter");
    }
}
