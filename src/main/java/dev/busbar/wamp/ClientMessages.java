package dev.busbar.wamp;

import dev.busbar.codec.JsonText;
import dev.busbar.wamp.ClientMessage.Abort;
import dev.busbar.wamp.ClientMessage.Authenticate;
import dev.busbar.wamp.ClientMessage.Goodbye;
import dev.busbar.wamp.ClientMessage.Hello;
import dev.busbar.wamp.ClientMessage.Publish;
import dev.busbar.wamp.ClientMessage.Subscribe;
import dev.busbar.wamp.ClientMessage.Unsubscribe;
import java.util.List;
import java.util.Map;

/** Decodes the messages of clients, in the encoding {@code wamp.2.json}. */
final class ClientMessages {

    private static final int HELLO = 1;
    private static final int ABORT = 3;
    private static final int AUTHENTICATE = 5;
    private static final int GOODBYE = 6;

    /** The messages of the protocol that clients do not send to a broker. */
    private static final Map<Integer, String> NOT_FOR_BROKERS = Map.ofEntries(
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

    /**
     * @throws ProtocolViolation if the text is no valid message; it names the mistake, and the request if there is one
     */
    static ClientMessage read(String text) {
        var read = JsonText.elements(text);
        var items = read.elements();
        if (items.isEmpty() && read.problem() != null) {
            throw new ProtocolViolation(notAnArray(text, read.problem()));
        }
        var type = type(items, text);
        try {
            if (read.problem() != null) {
                throw new ProtocolViolation(notAnArray(text, read.problem()));
            }
            return message(type, items);
        } catch (ProtocolViolation violation) {
            throw new ProtocolViolation(violation.getMessage(), Request.of(type, items));
        }
    }

    /** Returns the violation of a message that is not decoded because it is too long. */
    static ProtocolViolation tooLong(String text, long maxBytes) {
        var items = JsonText.elements(text).elements();
        var why = "a message is longer than " + maxBytes + " bytes (wamp.limits.message)";
        try {
            return new ProtocolViolation(why, items.isEmpty() ? null : Request.of(type(items, text), items));
        } catch (ProtocolViolation withoutType) {
            return new ProtocolViolation(why);
        }
    }

    private static String notAnArray(String text, String problem) {
        return "a message must be a JSON array, not " + shortened(text) + " (" + shortened(problem) + ")";
    }

    private static int type(List<JsonText> items, String text) {
        if (!items.isEmpty() && items.get(0).problem() == null && items.get(0).value() instanceof Integer type) {
            return type;
        }
        throw new ProtocolViolation("a message must begin with the number of its type: " + shortened(text));
    }

    private static ClientMessage message(int type, List<JsonText> items) {
        return switch (type) {
            case HELLO -> {
                var in = new MessageElements("HELLO", items, 3, 3);
                yield new Hello(in.text(1, "realm"), in.object(2, "details"));
            }
            case ABORT -> new Abort();
            case AUTHENTICATE ->
                new Authenticate(new MessageElements("AUTHENTICATE", items, 2, 3).text(1, "signature"));
            case GOODBYE -> new Goodbye();
            case Request.PUBLISH -> publish(new MessageElements("PUBLISH", items, 4, 6));
            case Request.SUBSCRIBE -> {
                var in = new MessageElements("SUBSCRIBE", items, 4, 4);
                yield new Subscribe(in.id(1, "request"), in.object(2, "options"), in.text(3, "topic"));
            }
            case Request.UNSUBSCRIBE -> {
                var in = new MessageElements("UNSUBSCRIBE", items, 3, 3);
                yield new Unsubscribe(in.id(1, "request"), in.id(2, "subscription"));
            }
            default ->
                throw new ProtocolViolation(
                        NOT_FOR_BROKERS.containsKey(type)
                                ? NOT_FOR_BROKERS.get(type) + " is not for a router whose only role is broker"
                                : "there is no message of type " + type);
        };
    }

    private static Publish publish(MessageElements in) {
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
                in.size() > 4 ? in.arrayText(4, "arguments") : JsonText.EMPTY_ARRAY,
                in.size() > 5 ? in.objectText(5, "keyword arguments") : JsonText.EMPTY_OBJECT);
    }

    /** Returns the beginning of a client's text, for logs and error messages; control characters become {@code ?}. */
    static String shortened(String text) {
        var start = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return start.replaceAll("\\p{Cntrl}", "?");
    }
}
