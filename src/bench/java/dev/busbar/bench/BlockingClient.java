package dev.busbar.bench;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;

/**
 * The official Java client as its guides show it: a reader thread, a consumer pool, bodies as bytes; what is
 * unconfirmed in a {@link ConcurrentSkipListMap}, from which it could be sent again.
 */
final class BlockingClient {

    private BlockingClient() {}

    static Connection connect(Setup setup) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(setup.uri());
        return factory.newConnection("bench");
    }

    static JsonObject consume(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        var channel = connect(setup).createChannel();
        channel.basicQos(Setup.PREFETCH);
        channel.basicConsume(setup.queue(), false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                channel.basicAck(envelope.getDeliveryTag(), false);
                meter.tick();
            }
        });
        return meter.result();
    }

    static JsonObject publish(Setup setup) throws Exception {
        var meter = new Meter(setup.messages());
        var channel = connect(setup).createChannel();
        var window = new Semaphore(Setup.WINDOW);
        var outstanding = new ConcurrentSkipListMap<Long, byte[]>();
        channel.confirmSelect();
        channel.addConfirmListener(
                (tag, multiple) -> {
                    var confirmed = outstanding.headMap(tag, true);
                    if (!multiple) {
                        confirmed = confirmed.tailMap(tag, true);
                    }
                    var count = 0;
                    while (confirmed.pollFirstEntry() != null) {
                        meter.tick();
                        count++;
                    }
                    window.release(count);
                },
                (tag, multiple) -> Contestant.fail(new IllegalStateException("the broker refused a message")));
        var body = Payload.bytes();
        for (var i = 0; i < setup.messages(); i++) {
            window.acquire();
            outstanding.put(channel.getNextPublishSeqNo(), body);
            channel.basicPublish(setup.exchange(), Payload.KEY, true, Payload.properties(setup, i), body);
        }
        return meter.result();
    }

    static JsonObject latency(Setup setup) throws Exception {
        var latencies = new Latencies(setup.messages());
        var connection = connect(setup);
        var consuming = connection.createChannel();
        consuming.basicQos(Setup.PREFETCH);
        consuming.basicConsume(setup.queue(), false, new DefaultConsumer(consuming) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                latencies.arrived(ByteBuffer.wrap(body).getInt());
                consuming.basicAck(envelope.getDeliveryTag(), false);
            }
        });
        Channel publishing = connect(setup).createChannel();
        publishing.confirmSelect();
        latencies.publish(n -> {
            var body = Payload.bytes();
            ByteBuffer.wrap(body).putInt(n);
            publishing.basicPublish(setup.exchange(), Payload.KEY, true, Payload.properties(setup, n), body);
        });
        return latencies.result();
    }
}
