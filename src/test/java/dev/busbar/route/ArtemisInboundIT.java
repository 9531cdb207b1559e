package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisInboundIT extends InboundScenarios {
    ArtemisInboundIT() {
        super(ArtemisHere.shared());
    }
}
