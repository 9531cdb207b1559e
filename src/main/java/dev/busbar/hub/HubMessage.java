package dev.busbar.hub;

import dev.busbar.codec.BridgeMessage;
import java.util.function.Function;

/** Holds a message that all listeners of this node share: none of them may change the message or its body. */
public final class HubMessage {

    private final Shared shared;
    private final boolean replayed;

    HubMessage(BridgeMessage message, Object body, long sequence) {
        this(new Shared(message, body, sequence), false);
    }

    private HubMessage(Shared shared, boolean replayed) {
        this.shared = shared;
        this.replayed = replayed;
    }

    /** Returns the same message, marked as {@link #replayed()}. */
    HubMessage replay() {
        return new HubMessage(shared, true);
    }

    public String routingKey() {
        return shared.message.routingKey();
    }

    /** Returns the message as the broker carried it, its body still encoded. */
    public BridgeMessage message() {
        return shared.message;
    }

    /** Returns the body, decoded once for all listeners by {@link dev.busbar.codec.PayloadCodec#decode}. */
    public Object body() {
        return shared.body;
    }

    /**
     * Returns the number of the message on this node, the same for every listener: 1 for the first message that a
     * filter matched, and one more for each that follows.
     */
    public long sequence() {
        return shared.sequence;
    }

    /** Returns whether the message was received before its listener began to listen. */
    public boolean replayed() {
        return replayed;
    }

    /**
     * Encodes the message, once for all callers that name the same kind, so that many sockets share one encoding. Two
     * event loops that are the first at the same moment may both call the function; all get the same result.
     *
     * @param kind compared with {@code equals}; one of a few constants, because the kinds are searched one by one
     * @param encode must not return {@code null}; called with a message that is not marked as {@link #replayed()}
     */
    @SuppressWarnings("unchecked") // callers name one type for each kind
    public <T> T encodedOnce(Object kind, Function<HubMessage, T> encode) {
        var known = shared.find(kind);
        return (T) (known != null ? known : shared.keep(kind, encode.apply(replayed ? shared.original() : this)));
    }

    private static final class Shared {

        private record Encoding(Object kind, Object value, Encoding next) {}

        private final BridgeMessage message;
        private final Object body;
        private final long sequence;
        private volatile Encoding encodings;

        Shared(BridgeMessage message, Object body, long sequence) {
            this.message = message;
            this.body = body;
            this.sequence = sequence;
        }

        HubMessage original() {
            return new HubMessage(this, false);
        }

        Object find(Object kind) {
            for (var it = encodings; it != null; it = it.next()) {
                if (it.kind().equals(kind)) {
                    return it.value();
                }
            }
            return null;
        }

        synchronized Object keep(Object kind, Object value) {
            var earlier = find(kind);
            if (earlier != null) {
                return earlier;
            }
            encodings = new Encoding(kind, value, encodings);
            return value;
        }
    }
}
