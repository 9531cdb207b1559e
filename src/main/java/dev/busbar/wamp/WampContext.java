package dev.busbar.wamp;

import dev.busbar.access.Roles;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.WampConfig;
import dev.busbar.hub.Hub;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** What all sessions of a node have in common. From any thread. */
final class Router {

    private final WampConfig config;
    private final Hub hub;
    private final DurableQueues durableQueues;
    private final Masters masters;
    private final Topics topics;
    private final Events events;
    private final Credentials credentials;
    private final SessionCounts counts = new SessionCounts();
    private final AtomicLong lastSubscription = new AtomicLong();

    /** @param bounds of places, see {@link QueueBoundsCheck} */
    Router(BusbarConfig config, Hub hub, Map<String, Object> bounds, Masters masters) {
        this.config = config.wamp();
        this.hub = hub;
        this.masters = masters;
        durableQueues = new DurableQueues(hub, config, bounds, counts.unreadable::increment);
        topics = new Topics(config.wamp().prefix());
        events = new Events(topics);
        credentials = new Credentials(config.wamp(), new Roles(config.web()));
    }

    WampConfig config() {
        return config;
    }

    Hub hub() {
        return hub;
    }

    DurableQueues durableQueues() {
        return durableQueues;
    }

    Masters masters() {
        return masters;
    }

    Topics topics() {
        return topics;
    }

    Events events() {
        return events;
    }

    Credentials credentials() {
        return credentials;
    }

    SessionCounts counts() {
        return counts;
    }

    /** Drawn at random, as WAMP has it: nodes do not know of each other's. */
    long newSession() {
        return ThreadLocalRandom.current().nextLong(1, 1L << 53);
    }

    /** Never twice, and never that of another session. */
    long newSubscription() {
        return lastSubscription.incrementAndGet();
    }
}
