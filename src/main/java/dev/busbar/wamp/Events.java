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

/**
 * Encodes messages of the broker as EVENTs. An EVENT is a head, which names the subscription, and a rest, which is
 * encoded once for all sessions of the node. May be used from any thread.
 */
final class Events {

    /** What of a message is encoded once, see {@link HubMessage#encodedOnce}. */
    private enum Kind {
        ARGUMENTS,
        REST_WITHOUT_TOPIC,
        REST_WITH_TOPIC
    }

    /** Writes dates as seconds, whatever style is configured, because Buildbot reads only those. */
    private final PayloadCodec codec = PayloadCodec.forEnvelopes(DatetimeStyle.EPOCH);

    private final Topics topics;

    Events(Topics topics) {
        this.topics = topics;
    }

    /** Returns the head of the EVENTs of one subscription. */
    static byte[] head(long subscription) {
        return ("[36," + subscription).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Encodes what follows the head.
     *
     * @param withTopic whether the EVENT names its topic
     */
    byte[] encode(boolean withTopic, HubMessage message) {
        return withTopic
                ? message.encodedOnce(Kind.REST_WITH_TOPIC, it -> rest(it, topics.topic(it.routingKey())))
                : message.encodedOnce(Kind.REST_WITHOUT_TOPIC, it -> rest(it, null));
    }

    /** Encodes what follows the head, of a message that only one session gets. */
    byte[] encode(boolean withTopic, QueueConsumer.SettledMessage settled) {
        var message = settled.message();
        var topic = withTopic ? topics.topic(message.routingKey()) : null;
        return rest(content(message, settled.body()), topic);
    }

    /** Whether the message's publisher is this session and has asked not to get the event itself. */
    static boolean excludes(BridgeMessage message, long session) {
        return message.properties().headers().get(OutgoingEvent.EXCLUDED) instanceof String excluded
                && excluded.equals(Long.toString(session));
    }

    private byte[] rest(HubMessage message, String topic) {
        Content content = message.encodedOnce(Kind.ARGUMENTS, it -> content(it.message(), it.body()));
        return rest(content, topic);
    }

    private static byte[] rest(Content content, String topic) {
        var details =
                topic == null ? "{}" : new JsonObject().put("topic", topic).encode();
        return ("," + content.publication() + "," + details + content.arguments() + "]")
                .getBytes(StandardCharsets.UTF_8);
    }

    private record Content(long publication, String arguments) {}

    private Content content(BridgeMessage message, Object body) {
        var id = message.properties().messageId();
        return new Content(
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

    /** Returns the argument; bytes become a string that begins with NUL, as WAMP writes them in JSON. */
    private static Object argument(Object body) {
        return body instanceof Buffer bytes ? "\0" + Base64.getEncoder().encodeToString(bytes.getBytes()) : body;
    }

    private String json(Object value) {
        return codec.encode(value).body().toString();
    }
}
