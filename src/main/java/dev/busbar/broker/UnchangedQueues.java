package dev.busbar.broker;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Vertx;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/**
 * Warns of queues that exist on a RabbitMQ without the arguments Busbar adds, and that are used as they are. Warns once
 * of each queue in a Vert.x instance, however often it is declared again.
 */
public final class UnchangedQueues {

    private static final Logger LOG = CleanLogger.of(UnchangedQueues.class);
    private static final Pattern IN_VIRTUAL_HOST = Pattern.compile("in vhost '(.+?)'(?:[:,]| |$)");
    private static final String WARNED_QUEUES_MAP = "dev.busbar.unchanged-queues";

    private UnchangedQueues() {}

    /**
     * Logs the warning, unless it has been logged in this Vert.x instance.
     *
     * @param limitsDeliveries as {@link RabbitMqArguments#of} has it
     * @param refusal why the queue was not declared with all its arguments
     */
    public static void warn(
            Vertx vertx, String queue, RabbitMqArguments arguments, boolean limitsDeliveries, Throwable refusal) {
        var warned = vertx.sharedData().<String, Boolean>getLocalMap(WARNED_QUEUES_MAP);
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

    /** Returns the virtual host that the broker names in its refusal, quoted for a shell. */
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
