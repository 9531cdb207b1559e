package dev.busbar.route;

import dev.busbar.broker.BrokerJ;

class BrokerJ10ThreadIT extends ThreadScenarios {
    BrokerJ10ThreadIT() {
        super(BrokerJ.shared10());
    }

    /** About a thousand persistent messages a second are what its store takes. */
    @Override
    int messages() {
        return 3_000;
    }
}
