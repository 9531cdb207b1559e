package dev.busbar.route;

import dev.busbar.broker.EmbeddedBrokerJ;
import dev.busbar.testing.Repeats;

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
