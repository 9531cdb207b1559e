package dev.busbar.faults;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Books what comes out of a queue, and remembers in which order it came over each of its connections. */
final class ForeignConsumer extends ForeignClient {

    private static final int PREFETCH = 500;

    private final String queue;
    private final Ledger ledger;
    private final List<List<Integer>> connections = new ArrayList<>();

    ForeignConsumer(String uri, String queue, Ledger ledger) throws Exception {
        super(uri, "foreign consumer");
        this.queue = queue;
        this.ledger = ledger;
    }

    /** What each connection has delivered, in order. */
    synchronized List<List<Integer>> connections() {
        return connections.stream().map(List::copyOf).toList();
    }

    @Override
    void use(Channel channel) throws Exception {
        var order = new ArrayList<Integer>();
        synchronized (this) {
            connections.add(order);
        }
        channel.basicQos(PREFETCH);
        channel.basicConsume(queue, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                    throws IOException {
                var n = new JsonObject(new String(body, StandardCharsets.UTF_8)).getInteger("n");
                ledger.seen(n, properties.getMessageId(), envelope.isRedeliver() || sentAgain(properties));
                synchronized (ForeignConsumer.this) {
                    order.add(n);
                }
                channel.basicAck(envelope.getDeliveryTag(), false);
            }
        });
        whileOpen(channel);
    }

    private static boolean sentAgain(AMQP.BasicProperties properties) {
        var headers = properties.getHeaders();
        return headers != null && "true".equals(String.valueOf(headers.get(BusSender.AGAIN)));
    }

    /** What each connection has delivered, as runs of consecutive numbers. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var order : connections()) {
            text.append("\n  connection:");
            for (var i = 0; i < order.size(); i++) {
                var begins = i == 0 || order.get(i) != order.get(i - 1) + 1;
                var ends = i == order.size() - 1 || order.get(i + 1) != order.get(i) + 1;
                text.append(begins ? " " + order.get(i) : "").append(ends ? "-" + order.get(i) : "");
            }
        }
        return text.toString();
    }
}
