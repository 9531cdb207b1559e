package dev.busbar.route;

class BrokerJOutboundTest extends OutboundScenarios {
    @Override
    String uri() {
        return SharedBrokerJ.uri();
    }
}
