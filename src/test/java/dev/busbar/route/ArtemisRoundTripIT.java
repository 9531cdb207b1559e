package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;

@Repeats
class ArtemisRoundTripIT extends RoundTripContract {
    ArtemisRoundTripIT() {
        super(ArtemisHere.shared());
    }
}
