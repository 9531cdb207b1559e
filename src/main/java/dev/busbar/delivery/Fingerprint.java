package dev.busbar.delivery;

import dev.busbar.codec.BridgeMessage;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes a name for a message in a queue from its content, because a broker gives a message no name that lasts. Of a
 * body longer than 128 KiB only both ends count.
 */
public final class Fingerprint {

    private static final int END_BYTES = 64 << 10;
    private static final int DIGEST_BYTES = 15;

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return 20 letters, digits and {@code _ -} */
    public static String of(BridgeMessage message) {
        var print = new Fingerprint();
        var properties = message.properties();
        print.add(Arrays.asList(
                message.exchange(),
                message.routingKey(),
                properties.messageId(),
                properties.correlationId(),
                properties.contentType(),
                properties.type(),
                properties.timestamp(),
                properties.headers()));
        print.add(message.body());
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(print.digest.digest(), DIGEST_BYTES));
    }

    private void add(Object value) {
        if (value instanceof Map<?, ?> map) {
            var sorted = new TreeMap<String, Object>();
            map.forEach((name, item) -> sorted.put(String.valueOf(name), item));
            text("map " + sorted.size());
            sorted.forEach((name, item) -> {
                text(name);
                add(item);
            });
        } else if (value instanceof Collection<?> items) {
            text("list " + items.size());
            items.forEach(this::add);
        } else if (value instanceof byte[] bytes) {
            text("bytes " + bytes.length);
            digest.update(bytes);
        } else {
            text(String.valueOf(value));
        }
    }

    private void text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private void add(Buffer body) {
        text("body " + body.length());
        if (body.length() <= 2 * END_BYTES) {
            digest.update(body.getBytes());
        } else {
            digest.update(body.getBytes(0, END_BYTES));
            digest.update(body.getBytes(body.length() - END_BYTES, body.length()));
        }
    }
}
