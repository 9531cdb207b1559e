package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisRoundTripIT extends RoundTripScenarios {
    ArtemisRoundTripIT() {
        super(ArtemisHere.shared());
    }
}
