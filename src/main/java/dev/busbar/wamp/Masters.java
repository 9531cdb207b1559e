package dev.busbar.wamp;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which session belongs to which Buildbot master: the newest session, on whatever node of a cluster. An earlier
 * session of the same master is half open and would occupy the master's durable queues, so it is closed. May be called
 * from any thread.
 */
final class Masters {

    private static final String INTRODUCED = "dev.busbar.wamp.introduced";

    private final EventBus bus;
    private final String routerId = UUID.randomUUID().toString();
    private final Map<String, WampSession> sessions = new ConcurrentHashMap<>();

    Masters(EventBus bus) {
        this.bus = bus;
    }

    /** @return completes when masters that connect to other nodes are noticed here */
    Future<Void> listen() {
        MessageConsumer<JsonObject> others = bus.consumer(INTRODUCED, message -> introducedElsewhere(message.body()));
        return others.completion();
    }

    /** Notes the session as the master's, and closes the master's earlier session on any node. */
    void introduced(String master, WampSession session) {
        replace(sessions.put(master, session), session);
        bus.publish(INTRODUCED, new JsonObject().put("master", master).put("router", routerId));
    }

    private void introducedElsewhere(JsonObject announcement) {
        if (!announcement.getString("router").equals(routerId)) {
            replace(sessions.remove(announcement.getString("master")), null);
        }
    }

    private static void replace(WampSession earlier, WampSession newer) {
        if (earlier != null && earlier != newer) {
            earlier.replaced();
        }
    }

    /** Forgets the session, unless the master has a newer one. */
    void ended(String master, WampSession session) {
        sessions.remove(master, session);
    }

    int count() {
        return sessions.size();
    }
}
