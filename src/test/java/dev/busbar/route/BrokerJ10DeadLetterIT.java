package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10DeadLetterIT extends DeadLetterContract {
    BrokerJ10DeadLetterIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
