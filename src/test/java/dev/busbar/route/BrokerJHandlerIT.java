package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJHandlerIT extends HandlerContract {
    BrokerJHandlerIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
