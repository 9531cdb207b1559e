package dev.busbar.wamp;

import dev.busbar.codec.JsonText;
import io.vertx.core.json.JsonObject;

/** A message that a WAMP client may send to a router with the broker role. */
sealed interface ClientMessage {

    record Hello(String realm, JsonObject details) implements ClientMessage {}

    record Authenticate(String signature) implements ClientMessage {}

    /** The client's ABORT; its reason is not read. */
    record Abort() implements ClientMessage {}

    /** The client's GOODBYE; its reason is not read. */
    record Goodbye() implements ClientMessage {}

    record Subscribe(long request, JsonObject options, String topic) implements ClientMessage {}

    record Unsubscribe(long request, long subscription) implements ClientMessage {}

    /**
     * An event to publish.
     *
     * @param arguments the positional arguments: the text of a JSON array, as the client wrote it
     * @param keywords the keyword arguments: the text of a JSON object, as the client wrote it
     */
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
