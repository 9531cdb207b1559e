package dev.busbar.broker;

/** Tells what became of a published message. */
public sealed interface PublishOutcome {

    /** Returns why the message is not confirmed, for a person; empty if it is. */
    String reason();

    /** The broker has taken responsibility for the message. */
    record Confirmed() implements PublishOutcome {
        public static final Confirmed INSTANCE = new Confirmed();

        @Override
        public String reason() {
            return "";
        }
    }

    /** The message was mandatory and no queue took it. */
    record Unroutable(String reason) implements PublishOutcome {}

    /**
     * The message was refused, e.g. because a queue is full and rejects.
     *
     * @param unwritable whether nothing was sent: the protocol cannot carry the message, or the broker is known to end
     *     the connection over such a message
     */
    record Refused(String reason, boolean unwritable) implements PublishOutcome {
        public Refused(String reason) {
            this(reason, false);
        }
    }

    /**
     * Names what the broker has ended over this message or another one in flight, as brokers do with messages they
     * refuse.
     */
    enum Suspicion {
        /** Nothing: the connection was lost for another reason. */
        NONE,
        /** The channel (AMQP 0-9-1) or session (AMQP 1.0). */
        CHANNEL,
        /** The connection. Where several publishers share it, the message to blame may be another publisher's. */
        CONNECTION
    }

    /**
     * The connection ended before the broker answered: the message may have arrived or not. Send it again under the
     * same id.
     *
     * @param suspicion whether this message or another one in flight may be to blame
     */
    record Lost(String reason, Suspicion suspicion) implements PublishOutcome {
        public Lost(String reason) {
            this(reason, Suspicion.NONE);
        }

        boolean suspect() {
            return suspicion != Suspicion.NONE;
        }
    }
}
