package dev.busbar.route;

import dev.busbar.broker.ArtemisHere;

class ArtemisInboundIT extends InboundContract {
    ArtemisInboundIT() {
        super(ArtemisHere.shared());
    }
}
