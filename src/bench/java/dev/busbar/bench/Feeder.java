package dev.busbar.bench;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Publishes JSON of some length, at an even pace, each message with the time it should be sent at. */
final class Feeder {

    static final String KEY = "bench.17.finished";

    private static final String BEFORE = "\"sent\":\"";
    private static final int DIGITS = 19;
    private static final AMQP.BasicProperties PROPERTIES = new AMQP.BasicProperties.Builder()
            .contentType("application/json")
            .deliveryMode(1)
            .build();

    /** Publishes one message of ASCII letters. */
    interface Sink {
        void publish(String json) throws IOException;
    }

    private final Sink sink;
    private final String rest;

    /** @param length of a message, in bytes */
    Feeder(Sink sink, int length) {
        this.sink = sink;
        var overhead = "{".length() + BEFORE.length() + DIGITS + "\",\"note\":\"\"}".length();
        this.rest = "\",\"note\":\"" + "x".repeat(length - overhead) + "\"}";
    }

    /** Takes so many seconds. */
    void feed(int messages, double seconds) throws IOException {
        var start = System.nanoTime();
        for (var n = 0; n < messages; n++) {
            var due = start + (long) (n * seconds * 1e9 / messages);
            for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sink.publish("{" + BEFORE + String.format("%0" + DIGITS + "d", due) + rest);
        }
    }

    /** To an exchange. */
    static Sink over(Channel channel, String exchange) {
        return json -> channel.basicPublish(exchange, KEY, PROPERTIES, json.getBytes(StandardCharsets.US_ASCII));
    }

    /** @return where it stands, from the beginning of the frame; -1 if it is none of these messages */
    static int timestampIn(ByteBuffer buffer, int from, int length) {
        var bytes = new byte[length];
        buffer.get(from, bytes);
        var text = new String(bytes, StandardCharsets.US_ASCII);
        var at = text.indexOf(BEFORE);
        return at < 0 ? -1 : at + BEFORE.length();
    }

    /** Whether one stands at that place. */
    static boolean isTimestamp(ByteBuffer buffer, int at, int limit) {
        return at + DIGITS < limit && buffer.get(at - 1) == '"' && buffer.get(at - 2) == ':' && buffer.get(at) == '0';
    }

    static long timestamp(ByteBuffer buffer, int at) {
        var nanos = 0L;
        for (var i = 0; i < DIGITS; i++) {
            nanos = nanos * 10 + buffer.get(at + i) - '0';
        }
        return nanos;
    }
}
