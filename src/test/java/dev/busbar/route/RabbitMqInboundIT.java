package dev.busbar.route;

class RabbitMqInboundIT extends InboundScenarios {
    @Override
    String uri() {
        return System.getProperty("uri", "amqp://guest:guest@127.0.0.1:5673/%2f");
    }
}
