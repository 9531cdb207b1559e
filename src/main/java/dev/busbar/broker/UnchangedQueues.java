package dev.busbar.broker;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Vertx;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/**
 * Warns of queues that exist on a RabbitMQ without the arguments Busbar adds, and are used as they are: once of each in
 * a Vert.x, however often it is declared again.
 */
public final class UnchangedQueues {

    private static final Logger LOG = CleanLogger.of(UnchangedQueues.class);
    private static final Pattern IN_VIRTUAL_HOST = Pattern.compile("in vhost '(.+?)'(?:[:,]| |$)");
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
                    limitsDeliveries ? limit(queue, virtualHost(refusal)) : "",
                    refusal.getMessage());
        }
    }

    /** As the broker names it in its refusal. */
    private static String virtualHost(Throwable refusal) {
        var named = IN_VIRTUAL_HOST.matcher(String.valueOf(refusal.getMessage()));
        return named.find() ? quoted(named.group(1)) : "VHOST";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String limit(String queue, String virtualHost) {
        return " Until then, if it is a quorum queue, RabbitMQ drops a message that has come back 20 times, be it by lost"
                + " connections, unless a policy lifts the limit: rabbitmqctl set_policy --vhost " + virtualHost
                + " --apply-to quorum_queues " + quoted(queue) + " " + quoted("^" + pattern(queue) + "$")
                + " '{\"delivery-limit\":-1}'.";
    }

    private static String pattern(String queue) {
        return queue.replaceAll("([^A-Za-z0-9_-])", "\\\\$1");
    }
}
