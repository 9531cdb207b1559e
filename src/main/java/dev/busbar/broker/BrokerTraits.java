package dev.busbar.broker;

/**
 * Lists what one kind of broker does and another does not, as far as routes depend on it.
 *
 * @param takesBackUnsettled whether the broker takes a message back from a consumer that has not settled it for long
 * @param delayQueues whether a queue can keep messages for a time and then pass them on to another queue, safely
 * @param delayedRetry whether a quorum queue can wait before it redelivers a failed message
 * @param putsBackRejected whether a rejected message returns to its queue, instead of being dead-lettered or deleted
 */
public record BrokerTraits(
        boolean takesBackUnsettled, boolean delayQueues, boolean delayedRetry, boolean putsBackRejected) {

    public static final BrokerTraits NONE = new BrokerTraits(false, false, false, false);

    public static final BrokerTraits BROKER_J = new BrokerTraits(false, false, false, true);

    /**
     * Returns the traits of a RabbitMQ.
     *
     * @param version as RabbitMQ says it, e.g. {@code 4.3.6}
     */
    public static BrokerTraits ofRabbitMq(String version) {
        return new BrokerTraits(
                true, BrokerVersion.isAtLeast(version, 3, 10), BrokerVersion.isAtLeast(version, 4, 3), false);
    }
}
