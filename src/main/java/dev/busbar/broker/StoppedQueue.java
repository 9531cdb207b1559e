package dev.busbar.broker;

import java.util.List;

/**
 * Tells a queue that exists, and cannot be used at the moment, from one that does not exist: RabbitMQ reports both as
 * not found.
 */
public final class StoppedQueue {

    /** Says what to do about it. */
    public static final String REMEDY =
            ". Try again in a minute: the broker may still be starting it again. If it stays"
                    + " so, start the node of the broker that has it, or restart the broker's node";

    /** The words of RabbitMQ 3 and 4, of the module rabbit_misc. */
    private static final List<String> WORDS = List.of(
            "is down or inaccessible",
            "has crashed",
            "process is stopped by supervisor",
            "failed to perform operation on");

    private StoppedQueue() {}

    /**
     * Returns whether the broker says that the queue is there.
     *
     * @param text what the broker says of something that it reports as not found; may be {@code null}
     */
    public static boolean isMeant(String text) {
        return text != null && WORDS.stream().anyMatch(text::contains);
    }
}
