package dev.busbar.web.sockjs;

import dev.busbar.codec.JsonText;
import dev.busbar.codec.Utf8;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * A frame from a browser, its parts of the types they must have; what is absent is {@code null}.
 *
 * @param authorization what it says about who sent it, taken out of the headers
 * @param body as it was written, what is wrong with it included
 */
record BrowserFrame(
        String type, String address, String replyAddress, String authorization, JsonObject headers, JsonText body) {

    /** @throws RuntimeException a decoding or class cast exception if it is no frame of the protocol */
    static BrowserFrame parse(Buffer data) {
        var frame = JsonText.members(Utf8.text(data));
        var type = text(frame, "type");
        var headers = (JsonObject) value(frame, "headers");
        headers = headers == null ? new JsonObject() : headers;
        var inHeader = takeAuthorization(headers);
        var token = text(frame, "token");
        var replyAddress = text(frame, "replyAddress");
        return new BrowserFrame(
                type,
                text(frame, "address"),
                "".equals(replyAddress) ? null : replyAddress,
                "auth".equals(type) ? "Bearer " + token : inHeader,
                headers,
                frame.get("body"));
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

    private static String text(Map<String, JsonText> frame, String key) {
        return (String) value(frame, key);
    }

    private static Object value(Map<String, JsonText> frame, String key) {
        var written = frame.get(key);
        return written == null ? null : written.value();
    }

    /** Why the body cannot be sent; {@code null} if it can. */
    String problem() {
        return body == null ? null : body.problem();
    }

    /** The body as the event bus carries it. */
    Object bodyForBus() {
        return body == null ? null : body.value();
    }
}
