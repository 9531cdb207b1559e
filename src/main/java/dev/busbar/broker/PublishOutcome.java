package dev.busbar.broker;

/** What became of a published message. */
public sealed interface PublishOutcome {

    /** Why it is not confirmed, for a person; empty if it is. */
    String reason();

    /** The broker has taken responsibility for it. */
    record Confirmed() implements PublishOutcome {
        public static final Confirmed INSTANCE = new Confirmed();

        @Override
        public String reason() {
            return "";
        }
    }

    /** It was mandatory and no queue took it. */
    record Unroutable(String reason) implements PublishOutcome {}

    /**
     * The broker would not have it, e.g. because a queue is full and rejects.
     *
     * @param unwritable whether nothing was sent: its protocol cannot hold it, or the broker is known to end the
     *     connection over the like of it
     */
    record Refused(String reason, boolean unwritable) implements PublishOutcome {
        public Refused(String reason) {
            this(reason, false);
        }
    }

    /** What the broker has ended over this message or another one in flight, as it does when it will not have one. */
    enum Suspicion {
        /** Nothing; the connection was lost for another reason. */
        NONE,
        /** The channel or session. */
        CHANNEL,
        /** The connection; where several send over it, the message to blame may be another sender's. */
        CONNECTION
    }

    /**
     * The connection ended before the broker answered: it may have arrived or not. Send it again under the same id.
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
