package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisFullBufferIT extends FullBufferScenarios {
    ArtemisFullBufferIT() {
        super(ArtemisHere.shared());
    }
}
