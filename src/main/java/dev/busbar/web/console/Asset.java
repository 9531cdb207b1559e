package dev.busbar.web.console;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The content of a file of the console.
 *
 * @param type the media type
 * @param tag the value of the header {@code ETag}, which changes with the content
 */
record Asset(Buffer content, String type, String tag) {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml",
            "yaml", "application/yaml");

    private static final int TAG_BYTES = 12;

    /** @return {@code null} if there is no such file */
    static Asset read(String resource) throws IOException {
        try (var in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) {
                return null;
            }
            var bytes = in.readAllBytes();
            var type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
            return new Asset(Buffer.buffer(bytes), type, '"' + tag(bytes) + '"');
        }
    }

    private static String tag(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
