package dev.busbar.wamp;

import dev.busbar.topic.RoutingKey;
import java.util.regex.Pattern;

/**
 * A Buildbot master, as far as its session tells: who it is, and whether it has stopped cleanly. A {@code stopped}
 * before its own {@code started} speaks of its previous life, which ended otherwise.
 */
final class Master {

    /** The first that a master publishes, and nobody listens to. */
    private static final Pattern CONNECTED = Pattern.compile("org\\.buildbot\\.([A-Za-z0-9_-]{1,40})\\.connected");

    private final String id;
    private boolean started;
    private boolean stopped;

    private Master(String id) {
        this.id = id;
    }

    /** @return {@code null} if the topic is not by which a master introduces itself */
    static Master introducedBy(String topic) {
        var introduced = CONNECTED.matcher(topic);
        return introduced.matches() ? new Master(introduced.group(1)) : null;
    }

    String id() {
        return id;
    }

    /** What only this master has to say. */
    RoutingKey start() {
        return RoutingKey.of("masters", id, "started");
    }

    void published(String routingKey) {
        if (routingKey.equals(start().toString())) {
            started = true;
        } else if (routingKey.equals("masters." + id + ".stopped")) {
            stopped = started;
        }
    }

    boolean hasStopped() {
        return stopped;
    }
}
