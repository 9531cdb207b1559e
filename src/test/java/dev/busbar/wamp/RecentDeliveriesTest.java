package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.SampleDelivery;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;

class RecentDeliveriesTest {

    private final RecentDeliveries recent = new RecentDeliveries(10);

    private static SampleDelivery arrival(String id, String key, String body, boolean redelivered) {
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .messageId(id)
                .build();
        var first = SampleDelivery.of(new BridgeMessage("x", key, properties, Buffer.buffer(body)));
        return redelivered ? first.again() : first;
    }

    @Test
    void whatHasBeenSettledIsNotNewWhenItComesAgain() {
        assertThat(recent.isNew(arrival("id", "k", "{}", false))).isTrue();
        assertThat(recent.isNew(arrival(null, "k", "{}", false))).isTrue();

        assertThat(recent.isNew(arrival("id", "k", "{}", true))).isFalse();
        assertThat(recent.isNew(arrival(null, "k", "{}", true))).isFalse();
    }

    @Test
    void anotherMessageThatHadNotBeenSettledIsNew() {
        recent.isNew(arrival("same", "k", "{}", false));
        recent.isNew(arrival(null, "builds.1.finished", "{}", false));

        assertThat(recent.isNew(arrival("same", "k", "{\"n\":2}", true)))
                .as("of one id")
                .isTrue();
        assertThat(recent.isNew(arrival("same", "l", "{}", true)))
                .as("of one id")
                .isTrue();
        assertThat(recent.isNew(arrival(null, "builds.2.finished", "{}", true)))
                .as("of one body")
                .isTrue();
    }
}
