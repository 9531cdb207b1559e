package dev.busbar.broker;

import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of queues that exist on a RabbitMQ without the arguments Busbar adds, and are used as they are: once of each in
 * a Vert.x, however often it is declared again.
 */
public final class UnchangedQueues {

    private static final Logger LOG = LoggerFactory.getLogger(UnchangedQueues.class);
    private static final String WARNED = "dev.busbar.unchanged-queues";

    private UnchangedQueues() {}

    /**
     * @param limitsDeliveries as {@link RabbitMqArguments#of} has it
     * @param refusal why the queue was not declared with all its arguments
     */
    public static void warn(
            Vertx vertx, String queue, RabbitMqArguments arguments, boolean limitsDeliveries, Throwable refusal) {
        var warned = vertx.sharedData().<String, Boolean>getLocalMap(WARNED);
        if (warned.putIfAbsent(queue + " " + refusal.getMessage(), true) == null) {
            LOG.warn(
                    "queue '{}' exists without the arguments {} and is used as it is. To have it declared with them, delete"
                            + " it while it is empty.{} ({})",
                    queue,
                    arguments.added(),
                    limitsDeliveries ? limit(queue) : "",
                    refusal.getMessage());
        }
    }

    private static String limit(String queue) {
        return " Until then, if it is a quorum queue, RabbitMQ drops a message that has come back 20 times, be it by lost"
                + " connections, unless a policy lifts the limit: rabbitmqctl set_policy --vhost VHOST --apply-to"
                + " quorum_queues '" + queue + "' '^" + pattern(queue) + "$' '{\"delivery-limit\":-1}'.";
    }

    private static String pattern(String queue) {
        return queue.replaceAll("([^A-Za-z0-9_-])", "\\\\$1");
    }
}
