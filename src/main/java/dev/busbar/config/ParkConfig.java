package dev.busbar.config;

/**
 * Where parked messages go.
 *
 * @param queue {@code null} for the name that follows from the queue of the route
 */
@ConfigSection(
        title = "Parking queue",
        intro = "For `then: park`. A bare text is the name of the queue.",
        shorthand = "queue")
public record ParkConfig(
        @ConfigKey(
                text = TextKind.QUEUE,
                whenAbsent = "the name of the route's queue, or of the route if the queue has none, and `.parked`",
                doc = "The durable queue into which messages are put. Routes with different queues have different"
                        + " ones, so that messages can be put back.")
        String queue,

        @ConfigKey(
                byDefault = "true",
                doc = "Whether Busbar declares the queue. If not, it uses the one that is there. A message that it"
                        + " does not take stays in the queue of the route, which is degraded until somebody declares"
                        + " what is missing.")
        boolean declare) {

    private static final String SUFFIX = ".parked";

    public ParkConfig {
        RecordSection.check(ParkConfig.class, queue, declare);
    }

    /**
     * Returns the name of the parking queue.
     *
     * @param route the name of the route, which counts if its queue has none
     * @param of the queue of the route
     */
    public String queueOf(String route, QueueConfig of) {
        return queue != null ? queue : (of.name() == null ? route : of.name()) + SUFFIX;
    }
}
