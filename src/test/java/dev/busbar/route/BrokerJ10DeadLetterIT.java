package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10DeadLetterIT extends DeadLetterContract {
    BrokerJ10DeadLetterIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
