package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJDeadLetterIT extends DeadLetterContract {
    BrokerJDeadLetterIT() {
        super(EmbeddedBrokerJ.shared());
    }
}
