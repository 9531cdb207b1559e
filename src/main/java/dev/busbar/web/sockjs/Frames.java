package dev.busbar.web.sockjs;

import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.hub.HubMessage;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.TreeMap;

/** Composes the frames to browsers, with the fields and error names of vertx-web's event bus bridge. */
final class Frames {

    private Frames() {}

    /**
     * Returns the frame of an event bus message.
     *
     * @throws RuntimeException if the body cannot be written as JSON
     */
    static String received(String address, Message<?> message) {
        var frame = envelope(address, message.body(), message.headers());
        if (message.replyAddress() != null) {
            frame.put("replyAddress", message.replyAddress());
        }
        return frame.encode();
    }

    /**
     * Returns the frame of a message of the broker, encoded once for all sockets that listen to the same address. A
     * JSON body stays as its sender wrote it.
     */
    static Frame received(String address, HubMessage message) {
        return message.encodedOnce(address, it -> {
            var headers = BusHeaders.toBus(it.message(), false, 1);
            var written = PayloadCodec.asWritten(it.message(), it.body());
            return new Frame(
                    written == null
                            ? envelope(address, it.body(), headers).encode()
                            : withBody(envelope(address, headers).encode(), written));
        });
    }

    /** @param envelope a JSON object that is not empty */
    private static String withBody(String envelope, String body) {
        return envelope.substring(0, envelope.length() - 1) + ",\"body\":" + body + "}";
    }

    /** Returns the reply to a message that the broker has confirmed. */
    static String confirmed(String replyAddress) {
        return envelope(replyAddress, null, MultiMap.caseInsensitiveMultiMap()).encode();
    }

    /** Returns the reply to a message that failed. */
    static String failed(String replyAddress, String sourceAddress, Throwable cause) {
        var reply = cause instanceof ReplyException it ? it : null;
        return new JsonObject()
                .put("type", "err")
                .put("address", replyAddress)
                .put("sourceAddress", sourceAddress)
                .put("failureCode", reply == null ? -1 : reply.failureCode())
                .put(
                        "failureType",
                        reply == null ? "ERROR" : reply.failureType().name())
                .put("message", cause.getMessage())
                .encode();
    }

    /** @param error vertx-web's name of the error */
    static String refused(String error, String sourceAddress, String message) {
        var frame = new JsonObject().put("type", "err").put("body", error).put("message", message);
        return (sourceAddress == null ? frame : frame.put("sourceAddress", sourceAddress)).encode();
    }

    /**
     * Returns the refusal of a message whose sender waits for a reply. The refusal is that reply, so that the sender's
     * handler is called.
     *
     * @param code the matching HTTP status
     */
    static String refused(String error, int code, BrowserFrame frame, String message) {
        return new JsonObject()
                .put("type", "err")
                .put("body", error)
                .put("address", frame.replyAddress())
                .put("sourceAddress", frame.address())
                .put("failureCode", code)
                .put("failureType", "ERROR")
                .put("message", message)
                .encode();
    }

    /** @param what the name of what cannot be written, as the subject of a sentence */
    static String unwritable(String what, RuntimeException why) {
        return what + " cannot be written as JSON: " + why.getMessage();
    }

    /** Returns the frame that tells a browser that it may have missed messages of an address. */
    static String interrupted(String address, String reason) {
        return refused("interrupted", address, reason);
    }

    private static JsonObject envelope(String address, Object body, MultiMap headers) {
        return envelope(address, headers).put("body", body);
    }

    private static JsonObject envelope(String address, MultiMap headers) {
        var frame = new JsonObject().put("type", "rec").put("address", address);
        if (!headers.isEmpty()) {
            frame.put("headers", json(headers));
        }
        return frame;
    }

    /** Converts the headers in one pass, because looking up a name takes time in proportion to their number. */
    private static JsonObject json(MultiMap headers) {
        var all = new TreeMap<String, Object>(String.CASE_INSENSITIVE_ORDER);
        for (var header : headers) {
            all.merge(
                    header.getKey(),
                    header.getValue(),
                    (before, value) ->
                            (before instanceof JsonArray several ? several : new JsonArray().add(before)).add(value));
        }
        return new JsonObject(all);
    }
}
