package dev.busbar.route;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.EmbeddedBrokerJ;

@Repeats
class BrokerJ10ThreadIT extends ThreadContract {
    BrokerJ10ThreadIT() {
        super(EmbeddedBrokerJ.shared10());
    }

    /** About a thousand persistent messages a second are what its store takes. */
    @Override
    int messages() {
        return 1_500;
    }
}
