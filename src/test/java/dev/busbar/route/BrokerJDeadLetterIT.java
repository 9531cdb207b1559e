package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

@Repeats
class BrokerJDeadLetterIT extends DeadLetterContract {
    BrokerJDeadLetterIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
