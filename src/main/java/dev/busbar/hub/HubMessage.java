package dev.busbar.hub;

import dev.busbar.codec.BridgeMessage;
import java.util.function.Function;

/** A message as all listeners of this node share it: neither the message nor its body may be changed by any of them. */
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
     * Returns a number that grows with each message of this node, the same for every listener; from 1 at each start.
     */
    public long sequence() {
        return shared.sequence;
    }

    /** Returns whether the message had come before the listener did. */
    public boolean replayed() {
        return replayed;
    }

    /**
     * Returns what the function makes of this message, made once for all who ask for the same kind, so that many
     * sockets share one encoding. Two event loops that ask first at the same moment may both call the function; all get
     * the same result.
     *
     * @param kind compared with {@code equals}; one of a few constants, because the kinds are searched one by one
     * @param encode must not return {@code null}; given the message as it came, not marked as {@link #replayed()}
     */
    @SuppressWarnings("unchecked") // one kind, one type: so the caller promises
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
