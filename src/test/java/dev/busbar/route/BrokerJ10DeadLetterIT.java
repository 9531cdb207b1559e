package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJ10DeadLetterIT extends DeadLetterScenarios {
    BrokerJ10DeadLetterIT() {
        super(EmbeddedBrokerJ.shared10());
    }
}
