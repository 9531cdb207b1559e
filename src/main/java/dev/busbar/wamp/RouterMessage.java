package dev.busbar.wamp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A message that the router sends to a client, other than EVENT, which {@link Events} encodes. */
sealed interface RouterMessage {

    /** Encodes the message as {@code wamp.2.json}. */
    default String encode() {
        return elements().encode();
    }

    JsonArray elements();

    record Welcome(long session, JsonObject details) implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(2).add(session).add(details);
        }
    }

    record Abort(WampError reason, String message) implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(3).add(details(message)).add(reason.uri());
        }
    }

    record Challenge(String method, JsonObject extra) implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(4).add(method).add(extra);
        }
    }

    /** The answer to a GOODBYE. Never sent unasked: some clients, Buildbot's among them, end for good when it comes. */
    record Goodbye() implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(6).add(new JsonObject()).add("wamp.close.goodbye_and_out");
        }
    }

    /**
     * An ERROR.
     *
     * @param kind the message type of the {@link Request}
     */
    record Failed(int kind, long request, WampError error, String message) implements RouterMessage {

        @Override
        public JsonArray elements() {
            return new JsonArray()
                    .add(8)
                    .add(kind)
                    .add(request)
                    .add(new JsonObject())
                    .add(error.uri())
                    .add(new JsonArray().add(message));
        }
    }

    record Published(long request, long publication) implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(17).add(request).add(publication);
        }
    }

    record Subscribed(long request, long subscription) implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(33).add(request).add(subscription);
        }
    }

    record Unsubscribed(long request) implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(35).add(request);
        }
    }

    private static JsonObject details(String message) {
        return new JsonObject().put("message", message);
    }
}
