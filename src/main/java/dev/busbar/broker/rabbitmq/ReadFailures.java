package dev.busbar.broker.rabbitmq;

import dev.busbar.log.CleanLogger;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Remembers the message over which the Java client has given up a connection, through the connections of one client. If
 * the client does so twice in a row over the same message, the message is set aside: when it comes once more, its
 * properties are withheld, with the reason in their place. Confined to the event loop.
 */
final class ReadFailures {

    private static final Logger LOG = CleanLogger.of(ReadFailures.class);
    private static final int MAX_SET_ASIDE = 100;

    private final Map<String, String> reasons = new LinkedHashMap<>();
    private String lastFingerprint;

    /** Notes that a connection ends over reading a message. */
    void failed(ContentFrames message, String cause) {
        var fingerprint = message.fingerprint();
        if (!fingerprint.equals(lastFingerprint)) {
            lastFingerprint = fingerprint;
            LOG.warn(
                    "the connection is lost over reading a message ({}): {}; it is read once more",
                    message.routedTo(),
                    cause);
            return;
        }
        lastFingerprint = null;
        LOG.error(
                "the connection is lost a second time over reading the same message ({}): {}; when it comes again, it"
                        + " is set aside without its properties",
                message.routedTo(),
                cause);
        reasons.put(fingerprint, cause);
        if (reasons.size() > MAX_SET_ASIDE) {
            reasons.remove(reasons.keySet().iterator().next());
        }
    }

    /** Returns why the properties of a message are to be withheld, this one time; {@code null} if they are not. */
    String setAside(ContentFrames message) {
        var cause = reasons.isEmpty() || !message.begun() ? null : reasons.remove(message.fingerprint());
        return cause == null ? null : "the connection was lost twice over reading the message (" + cause + ")";
    }
}
