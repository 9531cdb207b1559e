package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10HandlerIT extends HandlerContract {
    BrokerJ10HandlerIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
