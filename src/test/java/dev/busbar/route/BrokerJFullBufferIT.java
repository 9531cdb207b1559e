package dev.busbar.route;

class BrokerJFullBufferIT extends FullBufferScenarios {
    @Override
    String uri() {
        return SharedBrokerJ.uri();
    }
}
