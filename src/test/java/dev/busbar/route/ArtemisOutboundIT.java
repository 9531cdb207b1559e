package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisOutboundIT extends OutboundContract {
    ArtemisOutboundIT() {
        super(ArtemisHere.shared());
    }
}
