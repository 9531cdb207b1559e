package dev.busbar.testing.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import com.rabbitmq.client.impl.LongStringHelper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Publishes over AMQP 0-9-1 with headers that no ordinary client would write. */
public final class RawHeaders {

    /** Writes properties that are one header, whatever its type and value. */
    private static final class Properties extends AMQP.BasicProperties {

        private static final int ALL = 14;
        private static final int HEADERS = 2;

        private final byte[] table;

        Properties(byte[] table) {
            this.table = table.clone();
        }

        @Override
        public void writePropertiesTo(ContentHeaderPropertyWriter writer) throws IOException {
            for (int i = 0; i < ALL; i++) {
                writer.writePresence(i == HEADERS);
            }
            writer.finishPresence();
            // A table looks as a long string does: its length, and then its bytes.
            writer.writeLongstr(LongStringHelper.asLongString(table));
        }
    }

    private RawHeaders() {}

    /**
     * Publishes a message with one header.
     *
     * @param value the bytes of the header's value: its type, and what follows that
     */
    public static void publish(String uri, String exchange, String key, byte[] value) throws Exception {
        var table = new ByteArrayOutputStream();
        var out = new DataOutputStream(table);
        out.writeByte(3);
        out.write("raw".getBytes(StandardCharsets.US_ASCII));
        out.write(value);
        var factory = new ConnectionFactory();
        factory.setUri(uri);
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(
                    exchange, key, new Properties(table.toByteArray()), "1".getBytes(StandardCharsets.US_ASCII));
            channel.waitForConfirmsOrDie(20_000);
        }
    }
}
