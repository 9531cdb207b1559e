package dev.busbar.route;

class BrokerJHandlerIT extends HandlerScenarios {
    @Override
    String uri() {
        return SharedBrokerJ.uri();
    }
}
