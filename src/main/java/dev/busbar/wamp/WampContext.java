package dev.busbar.wamp;

import dev.busbar.access.Roles;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.WampConfig;
import dev.busbar.config.WampLimits;
import dev.busbar.hub.Hub;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the WAMP sessions of one node share. May be used from any thread.
 *
 * @param durableQueues the durable queues of Buildbot masters
 * @param masters which session belongs to which Buildbot master
 * @param events encodes messages of the broker as EVENTs
 * @param lastSubscription the id of the subscription made last
 */
record WampContext(
        WampConfig config,
        Hub hub,
        DurableQueues durableQueues,
        Masters masters,
        Topics topics,
        Events events,
        Credentials credentials,
        SessionCounts counts,
        AtomicLong lastSubscription) {

    /** @param bounds the arguments that bound durable queues, see {@link QueueBoundsCheck} */
    static WampContext of(BusbarConfig config, Hub hub, Map<String, Object> bounds, Masters masters) {
        var counts = new SessionCounts();
        var topics = new Topics(config.wamp().prefix());
        return new WampContext(
                config.wamp(),
                hub,
                new DurableQueues(hub, config, bounds, counts.unreadable::increment),
                masters,
                topics,
                new Events(topics),
                new Credentials(config.wamp(), new Roles(config.web())),
                counts,
                new AtomicLong());
    }

    WampLimits limits() {
        return config.limits();
    }

    /** Returns a random session id, as WAMP asks for: the nodes of a cluster do not know each other's ids. */
    long newSession() {
        return ThreadLocalRandom.current().nextLong(1, 1L << 53);
    }

    /** Returns the id of a new subscription, different from every other of this node. */
    long newSubscription() {
        return lastSubscription.incrementAndGet();
    }
}
