package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisDeadLetterIT extends DeadLetterContract {
    ArtemisDeadLetterIT() {
        super(ArtemisHere.shared());
    }
}
