package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;
import java.util.Collection;
import java.util.Map;

/**
 * Estimates the memory in bytes that a message takes while it waits: its body, its key, and its headers, which may be
 * large too.
 */
public final class MessageSize {

    private static final int SCALAR_BYTES = 16;

    private MessageSize() {}

    /** Returns the estimated size of a message in bytes. */
    public static long of(BridgeMessage message) {
        return message.body().length()
                + message.routingKey().length()
                + of(message.properties().headers());
    }

    private static long of(Object value) {
        if (value instanceof String text) {
            return text.length();
        } else if (value instanceof byte[] bytes) {
            return bytes.length;
        } else if (value instanceof Map<?, ?> map) {
            var sum = 0L;
            for (var entry : map.entrySet()) {
                sum += of(entry.getKey()) + of(entry.getValue());
            }
            return sum;
        } else if (value instanceof Collection<?> items) {
            var sum = 0L;
            for (var item : items) {
                sum += of(item);
            }
            return sum;
        }
        return SCALAR_BYTES;
    }
}
