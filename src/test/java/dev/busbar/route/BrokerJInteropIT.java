package dev.busbar.route;

class BrokerJInteropIT extends InteropScenarios {
    @Override
    String uri() {
        return SharedBrokerJ.uri();
    }
}
