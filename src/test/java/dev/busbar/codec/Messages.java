package dev.busbar.codec;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Creates messages for tests in which only a few properties matter. */
final class Messages {

    private Messages() {}

    static BridgeMessage of(String contentType, Buffer body) {
        return of(contentType, null, Map.of(), body);
    }

    static BridgeMessage of(String contentType, String body) {
        return of(contentType, Buffer.buffer(body));
    }

    static BridgeMessage of(String contentType, String contentEncoding, Map<String, Object> headers, Buffer body) {
        return new BridgeMessage("busbar", "a.b", properties(contentType, contentEncoding, headers), body);
    }

    static BridgeMessage withHeaders(Map<String, Object> headers) {
        return of("application/json", null, headers, Buffer.buffer("{}"));
    }

    private static MessageProperties properties(
            String contentType, String contentEncoding, Map<String, Object> headers) {
        return MessageProperties.builder()
                .contentType(contentType)
                .contentEncoding(contentEncoding)
                .persistent(true)
                .headers(headers)
                .build();
    }
}
