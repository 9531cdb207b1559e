package dev.busbar.route;

class BrokerJRoundTripTest extends RoundTripScenarios {
    @Override
    String uri() {
        return SharedBrokerJ.uri();
    }
}
