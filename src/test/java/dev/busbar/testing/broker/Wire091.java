package dev.busbar.testing.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;

/** Connects by the blocking Java client of AMQP 0-9-1. */
public final class Wire091 implements ForeignWire {

    private final ConnectionFactory factory = new ConnectionFactory();

    public Wire091(String uri) {
        try {
            factory.setUri(uri);
        } catch (URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setConnectionTimeout(3_000);
        factory.setHandshakeTimeout(3_000);
        // Longer than a broker may stand still over its disk: given up by its client alone, a connection keeps what it
        // has in hand, and if the broker is killed then nothing says that it has been delivered before.
        factory.setRequestedHeartbeat(30);
    }

    @Override
    public Link connect(String name) throws Exception {
        var connection = factory.newConnection(name);
        return new ChannelLink(connection, connection.createChannel());
    }

    private static final class ChannelLink implements Link {

        private final ConcurrentNavigableMap<Long, Runnable> unconfirmed = new ConcurrentSkipListMap<>();
        private final Connection connection;
        private final Channel channel;
        private boolean confirming;

        ChannelLink(Connection connection, Channel channel) {
            this.connection = connection;
            this.channel = channel;
        }

        @Override
        public void publish(BridgeMessage message, Runnable confirmed) throws IOException {
            if (!confirming) {
                confirming = true;
                channel.confirmSelect();
                channel.addConfirmListener(this::confirmed, (tag, multiple) -> channel.abort());
            }
            unconfirmed.put(channel.getNextPublishSeqNo(), confirmed);
            channel.basicPublish(
                    message.exchange(),
                    message.routingKey(),
                    Foreign091.toAmqp(message.properties()),
                    message.body().getBytes());
        }

        private void confirmed(long tag, boolean multiple) {
            var covered = multiple ? unconfirmed.headMap(tag, true) : unconfirmed.subMap(tag, true, tag, true);
            new ArrayList<>(covered.values()).forEach(Runnable::run);
            covered.clear();
        }

        @Override
        public void consume(String queue, int prefetch, Consumer consumer) throws Exception {
            var lost = new CountDownLatch(1);
            channel.addShutdownListener(signal -> lost.countDown());
            channel.basicQos(prefetch);
            channel.basicConsume(queue, false, new DefaultConsumer(channel) {
                @Override
                public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                        throws IOException {
                    var message = new BridgeMessage(
                            envelope.getExchange(),
                            envelope.getRoutingKey(),
                            Foreign091.fromAmqp(properties),
                            Buffer.buffer(body));
                    consumer.take(new Admin.Taken(message, envelope.isRedeliver()));
                    channel.basicAck(envelope.getDeliveryTag(), false);
                }
            });
            lost.await();
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {
            connection.abort(1_000);
        }
    }
}
