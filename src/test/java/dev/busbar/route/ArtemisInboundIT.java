package dev.busbar.route;

import dev.busbar.testing.broker.ArtemisHere;

class ArtemisInboundIT extends InboundContract {
    ArtemisInboundIT() {
        super(ArtemisHere.shared());
    }
}
