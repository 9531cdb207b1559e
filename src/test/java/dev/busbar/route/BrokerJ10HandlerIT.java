package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10HandlerIT extends HandlerContract {
    BrokerJ10HandlerIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
