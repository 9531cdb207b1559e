package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rejection on each broker: one keeps what is rejected, another would deliver it for ever. */
class RejectIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends RabbitRejectContract {
        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node), node);
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq10 extends RabbitRejectContract {
        OnRabbitMq10(RabbitNode node) {
            super(RabbitMq10.at(node), node);
        }
    }

    @Nested
    class OnArtemis extends RejectContract {
        OnArtemis() {
            super(ArtemisHere.shared());
        }

        @Override
        String deadLetterQueue(JsonObject queue) {
            return "DLQ";
        }
    }

    @Nested
    class OnBrokerJ extends Refused {
        OnBrokerJ() {
            super(EmbeddedBrokerJ.shared());
        }
    }

    @Nested
    @Repeats
    class OnBrokerJ10 extends Refused {
        OnBrokerJ10() {
            super(EmbeddedBrokerJ.shared10());
        }
    }

    abstract static class Refused extends RouteFixture {

        Refused(BrokerUnderTest broker) {
            super(broker);
        }

        @Test
        void aRouteDoesNotStartAndSaysWhatToDo() {
            var route = json("{'name': 'in', 'from': {'filter': 'k', 'queue': {'name': '" + exchange
                    + "-q'}}, 'to': {'address': 'a'}, 'onFailure': {'then': 'reject'}}");

            assertThatThrownBy(() -> deploy(route))
                    .hasStackTraceContaining("route 'in' cannot start: onFailure.then is reject")
                    .hasStackTraceContaining("puts a rejected message back")
                    .hasStackTraceContaining("Set onFailure.then to dead-letter, park or drop");
            assertThatThrownBy(() -> foreign.status(exchange + "-q")).isNotNull();
        }

        @Test
        void aRouteThatRejectsWhatDoesNotMeetItsConditionsDoesNotStartEither() {
            var route = json(
                    "{'name': 'in', 'from': {'filter': 'k', 'queue': {'name': '" + exchange
                            + "-q'}, 'where': [{'header': 'x', 'exists': true}], 'otherwise': 'reject'}, 'to': {'address': 'a'}}");

            assertThatThrownBy(() -> deploy(route)).hasMessageContainingAll("from.otherwise", "Broker-J", "accept");
        }
    }
}
