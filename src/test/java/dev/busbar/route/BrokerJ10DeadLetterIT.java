package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJ10DeadLetterIT extends DeadLetterScenarios {
    BrokerJ10DeadLetterIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
