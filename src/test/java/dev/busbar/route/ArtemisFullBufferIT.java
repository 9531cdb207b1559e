package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;

@Repeats
class ArtemisFullBufferIT extends FullBufferContract {
    ArtemisFullBufferIT() {
        super(ArtemisHere.shared());
    }
}
