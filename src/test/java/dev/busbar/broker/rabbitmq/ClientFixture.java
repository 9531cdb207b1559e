package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;

import dev.busbar.codec.MessageIds;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.broker.CuttableProxy;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQConsumer;
import io.vertx.rabbitmq.RabbitMQMessage;
import io.vertx.rabbitmq.RabbitMQOptions;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sets up a client as any user of vertx-rabbitmq-client has it, of a RabbitMQ behind a network that can be cut. */
@ExtendWith(RabbitExtension.class)
@Timeout(180)
abstract class ClientFixture {

    private static final MessageIds IDS = new MessageIds();

    static RabbitNode node;

    final Vertx vertx = Vertx.vertx();
    final String queue = "client-" + IDS.next();
    CuttableProxy proxy;
    EventLoopRabbitMQClient client;

    @BeforeAll
    static void take(@PrivateNode RabbitNode own) {
        node = own;
    }

    @BeforeEach
    void start() {
        proxy = new CuttableProxy("127.0.0.1", node.port());
        client = EventLoopRabbitMQClient.create(vertx, options(proxy.port()));
        done(client.start());
    }

    @AfterEach
    void stop() {
        done(client.stop());
        proxy.close();
        done(vertx.close());
    }

    static RabbitMQOptions options(int port) {
        var options = new RabbitMQOptions();
        options.setHost("127.0.0.1").setPort(port).setConnectionTimeout(5_000).setHandshakeTimeout(5_000);
        options.setReconnectInterval(50).setReconnectAttempts(Integer.MAX_VALUE);
        return options;
    }

    /** Returns a client that no cut concerns. */
    EventLoopRabbitMQClient direct() {
        var direct = EventLoopRabbitMQClient.create(vertx, options(node.port()));
        done(direct.start());
        return direct;
    }

    /** Declares the durable queue of the test. */
    void declareQueue() {
        done(client.queueDeclare(queue, true, false, false));
    }

    void publish(String... bodies) {
        for (var body : bodies) {
            done(client.basicPublish("", queue, Buffer.buffer(body)));
        }
    }

    void publishNumbers(int count) {
        done(client.confirmSelect());
        for (var i = 0; i < count; i++) {
            var last = client.basicPublish("", queue, Buffer.buffer("" + i));
            if (i % 1_000 == 999) {
                done(last);
                done(client.waitForConfirms());
            }
        }
        done(client.waitForConfirms());
    }

    static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "" + i).toList();
    }

    static QueueOptions acking() {
        return new QueueOptions().setAutoAck(true);
    }

    static QueueOptions holding() {
        return new QueueOptions().setAutoAck(false);
    }

    /** Collects the messages that a consumer has received. */
    static final class Received {
        final LinkedBlockingQueue<RabbitMQMessage> messages = new LinkedBlockingQueue<>();
        final RabbitMQConsumer consumer;

        Received(RabbitMQConsumer consumer) {
            this.consumer = consumer;
            consumer.handler(messages::add);
        }

        RabbitMQMessage take() throws InterruptedException {
            var message = messages.poll(20, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message");
            }
            return message;
        }

        String takeText() throws InterruptedException {
            return take().body().toString();
        }
    }

    Received consume(QueueOptions options) {
        return new Received(done(client.basicConsumer(queue, options)));
    }
}
