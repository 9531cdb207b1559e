package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisThreadIT extends ThreadContract {
    ArtemisThreadIT() {
        super(ArtemisHere.shared());
    }
}
