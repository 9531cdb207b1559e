package dev.busbar.wamp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a client of a broker may send. */
sealed interface ClientMessage {

    record Hello(String realm, JsonObject details) implements ClientMessage {}

    record Authenticate(String signature) implements ClientMessage {}

    record Abort(String reason) implements ClientMessage {}

    record Goodbye(String reason) implements ClientMessage {}

    record Subscribe(long request, JsonObject options, String topic) implements ClientMessage {}

    record Unsubscribe(long request, long subscription) implements ClientMessage {}

    record Publish(long request, JsonObject options, String topic, JsonArray arguments, JsonObject keywords)
            implements ClientMessage {

        boolean isAcknowledged() {
            return options.getBoolean("acknowledge", false);
        }

        boolean excludesMe() {
            return options.getBoolean("exclude_me", true);
        }
    }
}
