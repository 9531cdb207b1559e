package dev.busbar.wamp;

import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which session is a master's: the newest, on whatever node of a cluster. An earlier one is half open, and keeps the
 * master's places from it. From any thread.
 */
final class Masters {

    private static final String INTRODUCED = "dev.busbar.wamp.introduced";

    private final EventBus bus;
    private final String here = UUID.randomUUID().toString();
    private final Map<String, WampSession> sessions = new ConcurrentHashMap<>();

    Masters(EventBus bus) {
        this.bus = bus;
    }

    /** @return completes when the other nodes are heard */
    Future<Void> listen() {
        MessageConsumer<JsonObject> others = bus.consumer(INTRODUCED, message -> elsewhere(message.body()));
        return others.completion();
    }

    void introduced(String master, WampSession session) {
        replace(sessions.put(master, session), session);
        bus.publish(INTRODUCED, new JsonObject().put("master", master).put("router", here));
    }

    private void elsewhere(JsonObject news) {
        if (!news.getString("router").equals(here)) {
            replace(sessions.remove(news.getString("master")), null);
        }
    }

    private static void replace(WampSession earlier, WampSession by) {
        if (earlier != null && earlier != by) {
            earlier.replaced();
        }
    }

    void gone(String master, WampSession session) {
        sessions.remove(master, session);
    }

    int count() {
        return sessions.size();
    }
}
