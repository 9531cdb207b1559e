package dev.busbar.broker.rabbitmq;

import dev.busbar.log.CleanLogger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Remembers the message over which the Java client has given up a connection, through the connections of one client. If
 * it does so twice in a row over the same message, the message is set aside: its properties are withheld when it comes
 * once more, with the reason in their place. Confined to the event loop.
 */
final class ReadFailures {

    private static final Logger LOG = CleanLogger.of(ReadFailures.class);
    private static final int MAX_SET_ASIDE = 100;

    private final Map<String, String> reasons = new LinkedHashMap<>();
    private String last;

    /** A connection ends over reading this message. */
    void failed(ContentFrames message, String cause) {
        var fingerprint = message.fingerprint();
        if (!fingerprint.equals(last)) {
            last = fingerprint;
            LOG.warn(
                    "the connection is lost over reading a message ({}): {}; it is read once more",
                    message.place(),
                    cause);
            return;
        }
        last = null;
        LOG.error(
                "the connection is lost a second time over reading the same message ({}): {}; when it comes again, it"
                        + " is set aside without its properties",
                message.place(),
                cause);
        reasons.put(fingerprint, cause);
        if (reasons.size() > MAX_SET_ASIDE) {
            reasons.remove(reasons.keySet().iterator().next());
        }
    }

    /** @return why the properties of this message are to be withheld, this time; {@code null} if they are not */
    String setAside(ContentFrames message) {
        var cause = reasons.isEmpty() || !message.begun() ? null : reasons.remove(message.fingerprint());
        return cause == null ? null : "the connection was lost twice over reading the message (" + cause + ")";
    }
}
