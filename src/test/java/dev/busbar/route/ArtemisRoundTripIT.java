package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisRoundTripIT extends RoundTripContract {
    ArtemisRoundTripIT() {
        super(ArtemisHere.shared());
    }
}
