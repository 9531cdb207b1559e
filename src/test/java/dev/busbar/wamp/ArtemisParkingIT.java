package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;
import org.junit.jupiter.api.Test;

/** Artemis has no queue arguments that bound a queue as {@code wamp.parking} asks for. */
@Repeats
class ArtemisParkingIT extends WampFixture {
    ArtemisParkingIT() {
        super(ArtemisHere.shared());
    }

    @Test
    void whatCannotBeBoundedIsRefusedAtTheStartUnlessArgumentsAreGiven() {
        assertThatThrownBy(this::serve)
                .hasMessageStartingWith(
                        "wamp.parking: the broker refuses the queues that keep messages for masters that are away: ")
                .hasMessageContaining("ring-size")
                .hasMessageContaining("Set wamp.parking.arguments to");

        done(hub.close());
        serve("{'anonymous': 'masters', 'parking': {'arguments': {'ring-size': 1000}}}");
    }
}
