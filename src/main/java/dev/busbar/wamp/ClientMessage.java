package dev.busbar.wamp;

import dev.busbar.codec.JsonText;
import io.vertx.core.json.JsonObject;

/** What a client of a broker may send. */
sealed interface ClientMessage {

    record Hello(String realm, JsonObject details) implements ClientMessage {}

    record Authenticate(String signature) implements ClientMessage {}

    /** Whatever the reason. */
    record Abort() implements ClientMessage {}

    /** Likewise. */
    record Goodbye() implements ClientMessage {}

    record Subscribe(long request, JsonObject options, String topic) implements ClientMessage {}

    record Unsubscribe(long request, long subscription) implements ClientMessage {}

    /** @param arguments an array, as it was written; as {@code keywords}, an object */
    record Publish(long request, JsonObject options, String topic, JsonText arguments, JsonText keywords)
            implements ClientMessage {

        boolean isAcknowledged() {
            return options.getBoolean("acknowledge", false);
        }

        boolean excludesMe() {
            return options.getBoolean("exclude_me", true);
        }
    }
}
