package dev.busbar.route;

import dev.busbar.testing.broker.ArtemisHere;

class ArtemisOutboundIT extends OutboundContract {
    ArtemisOutboundIT() {
        super(ArtemisHere.shared());
    }
}
