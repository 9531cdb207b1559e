package dev.busbar.wamp;

import dev.busbar.topic.RoutingKey;
import java.util.regex.Pattern;

/**
 * A Buildbot master, as far as its session tells: its id, and whether it has stopped cleanly. A {@code stopped} event
 * before the session's own {@code started} event belongs to the master's previous run, which did not stop cleanly.
 */
final class Master {

    /** The topic that a master publishes to first, and that nobody subscribes to. */
    private static final Pattern CONNECTED = Pattern.compile("org\\.buildbot\\.([A-Za-z0-9_-]{1,40})\\.connected");

    private final String id;
    private boolean started;
    private boolean stopped;

    private Master(String id) {
        this.id = id;
    }

    /** @return the master that introduces itself by this topic; {@code null} if the topic is any other */
    static Master introducedBy(String topic) {
        var introduced = CONNECTED.matcher(topic);
        return introduced.matches() ? new Master(introduced.group(1)) : null;
    }

    String id() {
        return id;
    }

    /** The routing key of the event that only this master publishes. */
    RoutingKey startedKey() {
        return RoutingKey.of("masters", id, "started");
    }

    void published(String routingKey) {
        if (routingKey.equals(startedKey().toString())) {
            started = true;
        } else if (routingKey.equals("masters." + id + ".stopped")) {
            stopped = started;
        }
    }

    boolean hasStopped() {
        return stopped;
    }
}
