package dev.busbar.broker;

/** Says what to do when a queue or an exchange exists otherwise than configured. */
public final class Mismatch {

    /** Names no deletion: the thing and what is in it may be somebody else's. */
    public static final String REMEDY = ". If it exists otherwise, it is left as it is. Configure it alike; or, if it"
            + " belongs to others, set its declare to passive or false to use it as it is";

    /** Says what to do about a queue that Busbar has named, which nobody else is meant to use. */
    private static final String OWN_REMEDY = ". Busbar declared it with other settings: configure those, or let the"
            + " queue be emptied, or move its messages, and delete it";

    private Mismatch() {}

    /**
     * Returns the failure to declare a queue that Busbar has named itself, with the remedy for such a queue; any other
     * failure as it is.
     */
    public static Throwable ofOwnQueue(String queue, Throwable failure) {
        return failure instanceof BrokerException known
                        && known.kind() == BrokerException.Kind.MISMATCH
                        && known.getMessage().contains("declaring queue '" + queue + "'")
                ? new BrokerException(known.kind(), known.getMessage().replace(REMEDY, OWN_REMEDY), known)
                : failure;
    }
}
