package dev.busbar.hub;

import dev.busbar.codec.BridgeMessage;
import java.util.function.Function;

/** A message as all listeners of this node share it. Not to be changed by any of them, its body included. */
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

    /** The same, for somebody who was not there when it came. */
    HubMessage replay() {
        return new HubMessage(shared, true);
    }

    public String routingKey() {
        return shared.message.routingKey();
    }

    /** As the broker carried it, body still encoded. */
    public BridgeMessage message() {
        return shared.message;
    }

    /** The body, decoded once for all: as {@link dev.busbar.codec.PayloadCodec#decode} gives it. */
    public Object body() {
        return shared.body;
    }

    /** Grows with each message that reaches this node; the same for every listener. Starts anew with the node. */
    public long sequence() {
        return shared.sequence;
    }

    /** Whether it had come before the listener did. */
    public boolean replayed() {
        return replayed;
    }

    /**
     * What the function makes of this message, made once for all who ask for the same kind, so that many sockets share
     * one encoding. Two event loops that ask for the first time at once may both call it; all get the same result.
     *
     * @param kind compared with {@code equals}; a few constants, for they are looked through one by one
     * @param encode must not return {@code null}; given the message as it came, not as {@link #replayed()}
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
