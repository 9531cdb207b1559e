package dev.busbar.wamp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What a broker sends, but for {@link Events}. */
sealed interface RouterMessage {

    /** As {@code wamp.2.json} has it. */
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
            return new JsonArray().add(3).add(told(message)).add(reason.uri());
        }
    }

    record Challenge(String method, JsonObject extra) implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(4).add(method).add(extra);
        }
    }

    /** Only ever an answer: to some clients, as Buildbot's, one they have not asked for is the end. */
    record Goodbye() implements RouterMessage {
        @Override
        public JsonArray elements() {
            return new JsonArray().add(6).add(new JsonObject()).add("wamp.close.goodbye_and_out");
        }
    }

    /** @param kind the type of the {@link Request} */
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

    private static JsonObject told(String message) {
        return new JsonObject().put("message", message);
    }
}
