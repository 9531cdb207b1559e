package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;

class BrokerJDeadLetterIT extends DeadLetterScenarios {
    BrokerJDeadLetterIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
