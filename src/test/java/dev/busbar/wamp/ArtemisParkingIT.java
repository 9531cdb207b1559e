package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;
import org.junit.jupiter.api.Test;

/** Of a broker whose queues have no such bounds. */
@Repeats
class ArtemisParkingIT extends WampScenario {
    ArtemisParkingIT() {
        super(ArtemisHere.shared());
    }

    @Test
    void whatCannotBeBoundedIsRefusedAtTheStartUnlessArgumentsAreGiven() {
        assertThatThrownBy(this::serve)
                .hasMessageStartingWith("wamp.parking: the broker has no queue that keeps what masters miss: ")
                .hasMessageContaining("ring-size")
                .hasMessageContaining("Set wamp.parking.arguments to");

        done(hub.close());
        serve("{'anonymous': 'masters', 'parking': {'arguments': {'ring-size': 1000}}}");
    }
}
