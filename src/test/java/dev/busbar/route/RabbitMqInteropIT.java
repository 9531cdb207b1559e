package dev.busbar.route;

class RabbitMqInteropIT extends InteropScenarios {
    @Override
    String uri() {
        return "amqp://guest:guest@127.0.0.1:5673/%2f";
    }

    @Override
    String pythonWithKombu() {
        return "/usr/bin/python3";
    }

    @Override
    void requireAmqpTools() {}
}
