package dev.busbar.web.sockjs;

import dev.busbar.codec.JsonText;
import dev.busbar.codec.Utf8;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * A frame from a browser, with every field of its required type; an absent field is {@code null}.
 *
 * @param authorization the authorization that the frame carries, taken out of the headers
 * @param body the body as the browser wrote it; it may be invalid, see {@link #problem}
 */
record BrowserFrame(
        String type, String address, String replyAddress, String authorization, JsonObject headers, JsonText body) {

    /** @throws RuntimeException a decoding or class cast exception if the data is no frame of the protocol */
    static BrowserFrame parse(Buffer data) {
        var frame = JsonText.members(Utf8.text(data));
        var type = text(frame, "type");
        var headers = (JsonObject) value(frame, "headers");
        headers = headers == null ? new JsonObject() : headers;
        var authorization = takeAuthorization(headers);
        var token = text(frame, "token");
        var replyAddress = text(frame, "replyAddress");
        return new BrowserFrame(
                type,
                text(frame, "address"),
                "".equals(replyAddress) ? null : replyAddress,
                "auth".equals(type) ? "Bearer " + token : authorization,
                headers,
                frame.get("body"));
    }

    /** Removes the authorization in any spelling, because receivers of the message see the headers that are left. */
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

    /** The reason why the body cannot be sent; {@code null} if it can. */
    String problem() {
        return body == null ? null : body.problem();
    }

    /** The body as the event bus carries it. */
    Object bodyForBus() {
        return body == null ? null : body.value();
    }
}
