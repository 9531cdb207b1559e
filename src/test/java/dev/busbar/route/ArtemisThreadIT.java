package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;

@Repeats
class ArtemisThreadIT extends ThreadContract {
    ArtemisThreadIT() {
        super(ArtemisHere.shared());
    }
}
