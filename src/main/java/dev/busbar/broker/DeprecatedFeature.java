package dev.busbar.broker;

/**
 * Recognises that RabbitMQ refuses a queue because its configuration does not permit such queues. RabbitMQ reports an
 * internal error then, and other internal errors may pass.
 */
public final class DeprecatedFeature {

    /** Says what to do about it. */
    public static final String REMEDY = ". Leave out from.queue.durable; or permit it with"
            + " deprecated_features.permit.transient_nonexcl_queues = true in the broker's rabbitmq.conf";

    /** RabbitMQ's name for queues that are neither durable nor exclusive. */
    private static final String NOT_DURABLE_AND_SHARED = "transient_nonexcl_queues";

    private DeprecatedFeature() {}

    /**
     * Returns whether the broker refuses a queue because it is neither durable nor exclusive.
     *
     * @param text what the broker says; may be {@code null}
     */
    public static boolean isMeant(String text) {
        return text != null && text.contains(NOT_DURABLE_AND_SHARED);
    }
}
