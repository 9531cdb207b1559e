package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.RabbitMq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RabbitExtension.class)
class RabbitMqParkingIT extends ParkingContract {
    RabbitMqParkingIT(RabbitNode node) {
        super(new RabbitMq(node));
    }

    @Test
    void twoBusbarsWithMastersOfOneIdOnOneExchangeAreNoticed() {
        subscribe(master());
        try (var beside = new Beside(exchange)) {
            subscribe(introduced(beside.joined()));
            assertThat(logged("another Busbar consumes this queue too")).contains("an exchange of its own");
        }
    }

    /** The master itself logs nothing. */
    @Test
    void whoDoesNotHearBecauseItsQueueHasOtherBoundsIsNamedInTheLog() {
        subscribe(master());
        restart("'messages': 3,");
        var second = master();

        second.say("[32,901,{'match':'wildcard'},'" + PREFIX + "changes..new']");

        assertThat(second.refused(32, 901)).isEqualTo("wamp.error.network_failure");
        assertThat(logged("Buildbot master"))
                .contains("could not subscribe to changes.*.new")
                .contains("delete it");
    }
}
