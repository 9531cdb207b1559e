package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisOutboundIT extends OutboundScenarios {
    ArtemisOutboundIT() {
        super(ArtemisHere.shared());
    }
}
