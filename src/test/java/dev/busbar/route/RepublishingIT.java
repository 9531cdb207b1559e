package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The instructions of each broker, and those of one that another has left on a message. */
class RepublishingIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends RepublishingContract {
        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node));
        }

        @Override
        Map<String, Object> instructions(String stranger) {
            return Map.of(
                    "CC",
                    List.of(stranger),
                    "x-delay",
                    5,
                    "x-death",
                    List.of(Map.of("queue", exchange + "-q", "reason", "rejected", "count", 1L)),
                    "x-opt-delivery-delay",
                    600_000L);
        }

        @Override
        int copies() {
            return 1;
        }

        /** Nothing says that it was received. */
        @Test
        void whatASenderSetsItselfIsFollowed() {
            deploy(outbound());
            var forwarded = bound("forwarded");
            var stranger = bound("stranger");

            var options =
                    new DeliveryOptions().addHeader("CC", "[\"stranger\"]").addHeader("amqp-header-types", "CC=list");
            vertx.eventBus().send("changes", "x", options);

            assertThat(take(forwarded).text()).isEqualTo(take(stranger).text());
        }
    }

    @Nested
    class OnBrokerJ extends RepublishingContract {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }

        @Override
        Map<String, Object> instructions(String stranger) {
            return Map.of("x-qpid-not-valid-before", 1L, "CC", List.of(stranger));
        }

        @Override
        int copies() {
            return 0;
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ10 extends RepublishingContract {
        OnBrokerJ10() {
            super(EmbeddedBrokerJ.shared10());
        }

        @Override
        Map<String, Object> instructions(String stranger) {
            return Map.of("x-qpid-not-valid-before", 1L, "x-death", "not a list");
        }

        @Override
        int copies() {
            return 0;
        }
    }

    @Nested
    class OnArtemis extends RepublishingContract {
        OnArtemis() {
            super(ArtemisHere.shared());
        }

        @Override
        Map<String, Object> instructions(String stranger) {
            return Map.of("_AMQ_DUPL_ID", exchange, "_AMQ_SCHED_DELIVERY", 1L, "x-delivery-count", 3);
        }

        @Override
        int copies() {
            return 0;
        }
    }
}
