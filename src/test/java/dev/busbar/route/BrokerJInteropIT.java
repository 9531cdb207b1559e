package dev.busbar.route;

class BrokerJInteropIT extends InteropScenarios {
    @Override
    String uri() {
        return SharedBrokerJ.uri();
    }

    @Override
    String pythonWithKombu() {
        return "/usr/bin/python3";
    }

    @Override
    void requireAmqpTools() {}
}
