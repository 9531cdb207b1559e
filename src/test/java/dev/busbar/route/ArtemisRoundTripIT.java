package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisRoundTripIT extends RoundTripScenarios {
    ArtemisRoundTripIT() {
        super(ArtemisHere.shared());
    }
}
