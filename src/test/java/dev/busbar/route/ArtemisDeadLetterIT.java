package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;

@Repeats
class ArtemisDeadLetterIT extends DeadLetterContract {
    ArtemisDeadLetterIT() {
        super(ArtemisHere.shared());
    }
}
