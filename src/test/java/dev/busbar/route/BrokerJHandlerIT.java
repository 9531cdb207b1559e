package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJHandlerIT extends HandlerContract {
    BrokerJHandlerIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
