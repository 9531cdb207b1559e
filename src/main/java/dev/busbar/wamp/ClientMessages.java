package dev.busbar.wamp;

import dev.busbar.codec.JsonText;
import dev.busbar.wamp.ClientMessage.Abort;
import dev.busbar.wamp.ClientMessage.Authenticate;
import dev.busbar.wamp.ClientMessage.Goodbye;
import dev.busbar.wamp.ClientMessage.Hello;
import dev.busbar.wamp.ClientMessage.Publish;
import dev.busbar.wamp.ClientMessage.Subscribe;
import dev.busbar.wamp.ClientMessage.Unsubscribe;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Reads what clients send, as {@code wamp.2.json} has it. */
final class ClientMessages {

    private static final int HELLO = 1;
    private static final int ABORT = 3;
    private static final int AUTHENTICATE = 5;
    private static final int GOODBYE = 6;
    private static final int PUBLISH = 16;
    private static final int SUBSCRIBE = 32;
    private static final int UNSUBSCRIBE = 34;

    /** Messages of the protocol that are not for a broker to receive. */
    private static final Map<Integer, String> OTHERS = Map.ofEntries(
            Map.entry(2, "WELCOME"),
            Map.entry(4, "CHALLENGE"),
            Map.entry(8, "ERROR"),
            Map.entry(17, "PUBLISHED"),
            Map.entry(33, "SUBSCRIBED"),
            Map.entry(35, "UNSUBSCRIBED"),
            Map.entry(36, "EVENT"),
            Map.entry(48, "CALL"),
            Map.entry(49, "CANCEL"),
            Map.entry(50, "RESULT"),
            Map.entry(64, "REGISTER"),
            Map.entry(65, "REGISTERED"),
            Map.entry(66, "UNREGISTER"),
            Map.entry(67, "UNREGISTERED"),
            Map.entry(68, "INVOCATION"),
            Map.entry(69, "INTERRUPT"),
            Map.entry(70, "YIELD"));

    private ClientMessages() {}

    /** @throws ProtocolViolation if it is none, saying what is wrong with it */
    static ClientMessage read(String text) {
        var items = array(text);
        if (items.isEmpty() || !(items.getValue(0) instanceof Integer type)) {
            throw new ProtocolViolation("a message must begin with the number of its type: " + shortened(text));
        }
        return switch (type) {
            case HELLO -> {
                var in = new Elements("HELLO", items, 3, 3);
                yield new Hello(in.text(1, "realm"), in.object(2, "details"));
            }
            case ABORT -> new Abort(new Elements("ABORT", items, 3, 3).text(2, "reason"));
            case AUTHENTICATE -> new Authenticate(new Elements("AUTHENTICATE", items, 2, 3).text(1, "signature"));
            case GOODBYE -> new Goodbye(new Elements("GOODBYE", items, 3, 3).text(2, "reason"));
            case PUBLISH -> publish(new Elements("PUBLISH", items, 4, 6));
            case SUBSCRIBE -> {
                var in = new Elements("SUBSCRIBE", items, 4, 4);
                yield new Subscribe(in.id(1, "request"), in.object(2, "options"), in.text(3, "topic"));
            }
            case UNSUBSCRIBE -> {
                var in = new Elements("UNSUBSCRIBE", items, 3, 3);
                yield new Unsubscribe(in.id(1, "request"), in.id(2, "subscription"));
            }
            default ->
                throw new ProtocolViolation(
                        OTHERS.containsKey(type)
                                ? OTHERS.get(type) + " is not for a router whose only role is broker"
                                : "there is no message of type " + type);
        };
    }

    private static JsonArray array(String text) {
        try {
            if (JsonText.read(text) instanceof JsonArray items) {
                return items;
            }
        } catch (DecodeException notJson) {
            // The same is wrong with it.
        }
        throw new ProtocolViolation("a message must be a JSON array, and this is none: " + shortened(text));
    }

    private static Publish publish(Elements in) {
        var options = in.object(2, "options");
        for (var option : List.of("acknowledge", "exclude_me")) {
            if (options.containsKey(option) && !(options.getValue(option) instanceof Boolean)) {
                throw new ProtocolViolation("PUBLISH: the option " + option + " must be true or false");
            }
        }
        return new Publish(
                in.id(1, "request"),
                options,
                in.text(3, "topic"),
                in.size() > 4 ? in.array(4, "arguments") : new JsonArray(),
                in.size() > 5 ? in.object(5, "keyword arguments") : new JsonObject());
    }

    static String shortened(String text) {
        var line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
