package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisHandlerIT extends HandlerScenarios {
    ArtemisHandlerIT() {
        super(ArtemisHere.shared());
    }
}
