package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisDeadLetterIT extends DeadLetterScenarios {
    ArtemisDeadLetterIT() {
        super(ArtemisHere.shared());
    }
}
