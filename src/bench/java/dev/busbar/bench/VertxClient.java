package dev.busbar.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQOptions;
import io.vertx.rabbitmq.RabbitMQPublisher;
import io.vertx.rabbitmq.RabbitMQPublisherOptions;
import java.util.concurrent.Semaphore;

/** vertx-rabbitmq-client as it comes. */
final class VertxClient {

    private VertxClient() {}

    private static RabbitMQClient connect(Vertx vertx, Setup setup) {
        var client = RabbitMQClient.create(vertx, new RabbitMQOptions().setUri(setup.uri()));
        client.start().await();
        return client;
    }

    static JsonObject consume(Setup setup) throws Exception {
        return consume(setup, false);
    }

    /** The broker counts a message as acknowledged when it sends it. */
    static JsonObject auto(Setup setup) throws Exception {
        return consume(setup, true);
    }

    private static JsonObject consume(Setup setup, boolean autoAck) throws Exception {
        var meter = new Meter(setup.messages());
        var client = connect(Vertx.vertx(), setup);
        client.basicQos(Setup.PREFETCH).await();
        var options = new QueueOptions()
                .setAutoAck(autoAck)
                .setMaxInternalQueueSize(autoAck ? setup.messages() : 2 * Setup.PREFETCH);
        client.basicConsumer(setup.queue(), options).await().handler(message -> {
            if (!autoAck) {
                client.basicAck(message.envelope().getDeliveryTag(), false);
            }
            meter.tick();
        });
        return meter.result();
    }

    static JsonObject publish(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        var vertx = Vertx.vertx();
        var client = connect(vertx, setup);
        var publisher = RabbitMQPublisher.create(
                vertx, client, new RabbitMQPublisherOptions().setMaxInternalQueueSize(2 * Setup.WINDOW));
        publisher.start().await();
        var window = new Semaphore(Setup.WINDOW);
        var body = Buffer.buffer(Payload.bytes());
        for (var i = 0; i < setup.messages(); i++) {
            window.acquire();
            publisher
                    .publishConfirm(setup.exchange(), Payload.KEY, Payload.properties(setup, i), body)
                    .onSuccess(confirmed -> {
                        meter.tick();
                        window.release();
                    })
                    .onFailure(Contestant::fail);
        }
        return meter.result();
    }
}
