package dev.busbar.wamp;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.JsonText;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.DatetimeStyle;
import dev.busbar.hub.HubMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Messages of the broker as EVENTs; but for the subscription they are made once for all sessions of the node. */
final class Events {

    /** Kinds of encodings, see {@link HubMessage#encodedOnce}. */
    private enum Kind {
        ARGUMENTS,
        PLAIN,
        NAMED
    }

    /** Whatever the others write: Buildbot knows seconds. */
    private final PayloadCodec codec = PayloadCodec.forEnvelopes(DatetimeStyle.EPOCH);

    private final Topics topics;

    Events(Topics topics) {
        this.topics = topics;
    }

    /** What is not the same for all. */
    static byte[] head(long subscription) {
        return ("[36," + subscription).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @param named whether it says which topic it is of
     * @return what follows the head
     */
    byte[] encode(boolean named, HubMessage message) {
        return named
                ? message.encodedOnce(Kind.NAMED, it -> rest(it, topics.topic(it.routingKey())))
                : message.encodedOnce(Kind.PLAIN, it -> rest(it, null));
    }

    /** The same of a message that only one session gets. */
    byte[] encode(boolean named, QueueConsumer.Kept kept) {
        var message = kept.message();
        var topic = named ? topics.topic(message.routingKey()) : null;
        return rest(shared(message, kept.body()), topic);
    }

    static boolean excludes(BridgeMessage message, long session) {
        return message.properties().headers().get(OutgoingEvent.EXCLUDED) instanceof String excluded
                && excluded.equals(Long.toString(session));
    }

    private byte[] rest(HubMessage message, String topic) {
        Shared shared = message.encodedOnce(Kind.ARGUMENTS, it -> shared(it.message(), it.body()));
        return rest(shared, topic);
    }

    private static byte[] rest(Shared shared, String topic) {
        var details =
                topic == null ? "{}" : new JsonObject().put("topic", topic).encode();
        return ("," + shared.publication() + "," + details + shared.arguments() + "]").getBytes(StandardCharsets.UTF_8);
    }

    private record Shared(long publication, String arguments) {}

    private Shared shared(BridgeMessage message, Object body) {
        var id = message.properties().messageId();
        return new Shared(
                id == null ? ThreadLocalRandom.current().nextLong(1, 1L << 53) : OutgoingEvent.id(id),
                arguments(message, body));
    }

    private String arguments(BridgeMessage message, Object body) {
        var written = PayloadCodec.asWritten(message, body);
        if (message.properties().headers().containsKey(OutgoingEvent.ARGUMENTS)
                && body instanceof JsonObject both
                && both.getValue("args") instanceof JsonArray positional
                && both.getValue("kwargs") instanceof JsonObject keywords) {
            var parts = written == null ? null : JsonText.members(written);
            var args = parts == null ? json(positional) : parts.get("args").toString();
            if (!keywords.isEmpty()) {
                return "," + args + "," + (parts == null ? json(keywords) : parts.get("kwargs"));
            }
            return positional.isEmpty() ? "" : "," + args;
        }
        return ",[" + (written == null ? json(argument(body)) : written) + "]";
    }

    /** Bytes as WAMP has them in JSON. */
    private static Object argument(Object body) {
        return body instanceof Buffer bytes ? "\0" + Base64.getEncoder().encodeToString(bytes.getBytes()) : body;
    }

    private String json(Object value) {
        return codec.encode(value).body().toString();
    }
}
