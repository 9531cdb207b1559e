package dev.busbar.web.sockjs;

import dev.busbar.codec.OutsideJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * A frame from a browser, its parts of the types they must have; what is absent is {@code null}.
 *
 * @param authorization what it says about who sent it, taken out of the headers
 */
record Incoming(
        String type, String address, String replyAddress, String authorization, JsonObject headers, Object body) {

    /** @throws RuntimeException a decoding or class cast exception if it is no frame of the protocol */
    static Incoming parse(Buffer data) {
        if (!(OutsideJson.read(data) instanceof JsonObject frame)) {
            throw new ClassCastException("no object");
        }
        var type = text(frame, "type");
        var headers = frame.getJsonObject("headers");
        headers = headers == null ? new JsonObject() : headers;
        var inHeader = takeAuthorization(headers);
        var token = text(frame, "token");
        var replyAddress = text(frame, "replyAddress");
        return new Incoming(
                type,
                text(frame, "address"),
                "".equals(replyAddress) ? null : replyAddress,
                "auth".equals(type) ? "Bearer " + token : inHeader,
                headers,
                frame.getValue("body"));
    }

    /** However it is spelled: what is left in the headers goes to whoever gets the message. */
    private static String takeAuthorization(JsonObject headers) {
        String taken = null;
        for (var name : Set.copyOf(headers.fieldNames())) {
            if (name.equalsIgnoreCase("Authorization")) {
                taken = (String) headers.remove(name);
            }
        }
        return taken;
    }

    /** Stricter than {@code getString}, which makes a text of anything. */
    private static String text(JsonObject frame, String key) {
        return (String) frame.getValue(key);
    }
}
