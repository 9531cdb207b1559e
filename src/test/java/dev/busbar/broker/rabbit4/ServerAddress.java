package dev.busbar.broker.rabbit4;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** A target address of version 2, read as rabbit_amqp_session:parse_target_v2_string does. */
record ServerAddress(String exchange, String key) {

    /** @return {@code null} if it is none */
    static ServerAddress parse(String address) {
        var parts = address == null ? new String[0] : address.split("/", -1);
        if (parts.length == 3 && parts[1].equals("queues") && !parts[2].isEmpty()) {
            return new ServerAddress("", decode(parts[2]));
        }
        if (parts.length < 3 || parts.length > 4 || !parts[1].equals("exchanges") || parts[2].isEmpty()) {
            return null;
        }
        return new ServerAddress(decode(parts[2]), parts.length == 4 ? decode(parts[3]) : "");
    }

    /** Only what is percent-encoded: a plus is a plus. */
    static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
