package dev.busbar.route;

class RabbitMqThreadIT extends ThreadScenarios {
    @Override
    String uri() {
        return "amqp://guest:guest@127.0.0.1:5673/%2f";
    }
}
