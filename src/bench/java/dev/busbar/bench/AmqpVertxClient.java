package dev.busbar.bench;

import io.vertx.amqp.AmqpClient;
import io.vertx.amqp.AmqpClientOptions;
import io.vertx.amqp.AmqpConnection;
import io.vertx.amqp.AmqpMessage;
import io.vertx.amqp.AmqpReceiverOptions;
import io.vertx.amqp.AmqpSender;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** vertx-amqp-client as it comes, with addresses as Broker-J has them. */
final class AmqpVertxClient {

    private AmqpVertxClient() {}

    private static Future<AmqpConnection> connect(Vertx vertx, Setup setup) {
        var uri = URI.create(setup.uri());
        var user = uri.getUserInfo().split(":", 2);
        var options = new AmqpClientOptions()
                .setHost(uri.getHost())
                .setPort(uri.getPort())
                .setUsername(user[0])
                .setPassword(user[1]);
        return AmqpClient.create(vertx, options).connect();
    }

    static JsonObject consume(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        receive(Vertx.vertx(), setup, message -> {
            message.accepted();
            meter.tick();
        });
        return meter.result();
    }

    /** A bridge by hand: what an application has to write that has no Busbar, and no more. */
    static JsonObject bridge(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        var vertx = Vertx.vertx();
        vertx.eventBus().<JsonObject>localConsumer("builds", message -> {
            message.reply(null);
            meter.tick();
        });
        receive(
                vertx,
                setup,
                message -> vertx.eventBus()
                        .request("builds", message.bodyAsBinary().toJsonObject())
                        .onSuccess(handled -> message.accepted())
                        .onFailure(Contestant::fail));
        return meter.result();
    }

    private static void receive(Vertx vertx, Setup setup, Handler<AmqpMessage> handler) {
        var options =
                new AmqpReceiverOptions().setMaxBufferedMessages(Setup.PREFETCH).setAutoAcknowledgement(false);
        connect(vertx, setup)
                .await()
                .createReceiver(setup.queue(), options)
                .await()
                .handler(handler);
    }

    /** Keeps the window full, on the client's own event loop: whoever sends from elsewhere pays for each turn. */
    private static final class Sender {

        private final AmqpSender sender;
        private final Setup setup;
        private final Runnable acknowledged;
        private final Buffer body = Buffer.buffer(Payload.bytes());
        private int sent;

        Sender(AmqpSender sender, Setup setup, Runnable acknowledged) {
            this.sender = sender;
            this.setup = setup;
            this.acknowledged = acknowledged;
        }

        void start() {
            for (var i = 0; i < Setup.WINDOW; i++) {
                send();
            }
        }

        private void send() {
            if (sent == setup.messages()) {
                return;
            }
            var message = AmqpMessage.create()
                    .id("bench-" + sent++)
                    .subject(Payload.KEY)
                    .contentType("application/json")
                    .durable(setup.persistent())
                    .withBufferAsBody(body)
                    .build();
            sender.sendWithAck(message).onComplete(accepted -> {
                if (accepted.failed()) {
                    Contestant.fail(accepted.cause());
                }
                acknowledged.run();
                send();
            });
        }
    }

    private static void send(Vertx vertx, Setup setup, Runnable acknowledged) {
        vertx.runOnContext(ignored -> connect(vertx, setup)
                .compose(connection -> connection.createSender(setup.exchange()))
                .onSuccess(sender -> new Sender(sender, setup, acknowledged).start())
                .onFailure(Contestant::fail));
    }

    static JsonObject publish(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        send(Vertx.vertx(), setup, meter::tick);
        return meter.result();
    }

    /** Puts as many messages into the queue as a contestant is to take from it. */
    static void fill(Setup setup) throws InterruptedException {
        var accepted = new CountDownLatch(setup.messages());
        var vertx = Vertx.vertx();
        send(vertx, setup, accepted::countDown);
        accepted.await();
        vertx.close().await();
    }
}
