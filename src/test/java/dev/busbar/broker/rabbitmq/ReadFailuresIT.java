package dev.busbar.broker.rabbitmq;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Command;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.TrafficListener;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Tests what happens when the Java client gives up a connection over a message, and the message comes back over the
 * next.
 */
class ReadFailuresIT extends ClientFixture {

    /** Stands for a message that the Java client cannot read: it fails when it has read the first two deliveries. */
    private static final class FailingTwice implements TrafficListener {

        private final AtomicInteger deliveries = new AtomicInteger();

        @Override
        public void read(Command command) {
            if (command.getMethod() instanceof AMQP.Basic.Deliver && deliveries.incrementAndGet() <= 2) {
                throw new IllegalStateException("cannot read it");
            }
        }

        @Override
        public void write(Command command) {}
    }

    private static final class Received extends DefaultConsumer {

        private final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();

        Received(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                throws IOException {
            headers.add(properties.getHeaders() == null ? Map.of() : properties.getHeaders());
            getChannel().basicAck(envelope.getDeliveryTag(), false);
        }
    }

    @Test
    void aMessageOverWhichTwoConnectionsAreLostIsSetAsideAtItsThirdDeliveryAndTheNextIsReadAgain() throws Exception {
        declareQueue();
        publish("bad");
        var opener = new RabbitMqConnectionOpener((ContextInternal) vertx.getOrCreateContext(), options(node.port()));
        var traffic = new FailingTwice();

        for (int i = 0; i < 2; i++) {
            var connection = done(opener.open(traffic, new ChannelInboundHandlerAdapter())
                            .outcome())
                    .amqp();
            var channel = connection.createChannel();
            channel.basicConsume(queue, new Received(channel));
            eventually(() -> assertThat(connection.isOpen()).isFalse());
        }
        try (var connection = done(opener.open(traffic, new ChannelInboundHandlerAdapter())
                        .outcome())
                .amqp()) {
            var channel = connection.createChannel();
            var received = new Received(channel);
            channel.basicConsume(queue, received);

            eventually(() -> assertThat(received.headers).hasSize(1));
            assertThat(received.headers.get(0).get(ContentHeader.UNREAD))
                    .asString()
                    .contains("lost twice", "cannot read it");
            publish("good");
            eventually(() -> assertThat(received.headers).hasSize(2));
            assertThat(received.headers.get(1)).isEmpty();
        }
    }
}
