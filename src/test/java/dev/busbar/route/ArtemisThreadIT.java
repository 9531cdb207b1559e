package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisThreadIT extends ThreadScenarios {
    ArtemisThreadIT() {
        super(ArtemisHere.shared());
    }
}
