package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.testing.Repeats;

@Repeats
class ArtemisFullBufferIT extends FullBufferContract {
    ArtemisFullBufferIT() {
        super(ArtemisHere.shared());
    }
}
