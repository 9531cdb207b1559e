package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.EmbeddedArtemis;
import dev.busbar.testing.broker.ArtemisByAddress;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.Test;

class ArtemisPlainIT extends PlainContract {

    ArtemisPlainIT() {
        super(ArtemisByAddress.shared());
    }

    @Override
    String deadLettersOfThePeer() {
        return "DLQ";
    }

    @Test
    void aQueueThatIsMissingIsAwaitedWhereThePeerMakesNone() throws Exception {
        try (var own = EmbeddedArtemis.inMemory()) {
            own.addSettings(
                    "#", new AddressSettings().setAutoCreateQueues(false).setAutoCreateAddresses(false));
            own.stop();
            own.start();
            var config = config(inbound("orders"));
            config.getJsonObject("broker").put("uri", own.uri());
            deploy(config, 1);
            assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DOWN);
            assertThat(status("in").detail()).contains("queue 'orders' does not exist");

            own.server()
                    .createQueue(QueueConfiguration.of("orders")
                            .setRoutingType(RoutingType.ANYCAST)
                            .setAutoCreateAddress(true));
            eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY));
        }
    }
}
