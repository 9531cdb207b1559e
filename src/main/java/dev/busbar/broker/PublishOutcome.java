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

    /** The broker would not have it, e.g. because a queue is full and rejects. */
    record Refused(String reason) implements PublishOutcome {}

    /**
     * The connection ended before the broker answered: it may have arrived or not. Send it again under the same id.
     *
     * @param suspect whether the broker ended just the channel, as it does when it will not have a message: then this
     *     or another one in flight may be to blame
     */
    record Lost(String reason, boolean suspect) implements PublishOutcome {
        public Lost(String reason) {
            this(reason, false);
        }
    }
}
