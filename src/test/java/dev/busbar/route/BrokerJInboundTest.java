package dev.busbar.route;

class BrokerJInboundTest extends InboundScenarios {

    @Override
    String uri() {
        return SharedBrokerJ.uri();
    }

    @Override
    String inTenMinutes() {
        return String.valueOf(System.currentTimeMillis() + 600_000);
    }
}
