package dev.busbar.codec;

import java.util.Map;

/** Refuses body formats whose readers can run code that the sender has chosen. */
final class RefusedFormats {

    private static final String PICKLE = "Python pickle, which runs code of the sender's choice when it is read";
    private static final String YAML = "YAML, which can name classes to create when it is read";
    private static final String JAVA = "serialized Java, which creates objects of the sender's choice when it is read";
    private static final String MSGPACK = "MessagePack, whose extension types readers turn into objects";
    private static final String OTHER = "a native object format, which creates objects of the sender's choice";

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("application/x-python-serialize", PICKLE),
            Map.entry("application/x-python-pickle", PICKLE),
            Map.entry("application/python-pickle", PICKLE),
            Map.entry("application/x-pickle", PICKLE),
            Map.entry("application/pickle", PICKLE),
            Map.entry("application/x-yaml", YAML),
            Map.entry("application/yaml", YAML),
            Map.entry("application/vnd.yaml", YAML),
            Map.entry("application/x-java-serialized-object", JAVA),
            Map.entry("application/x-java-serialized", JAVA),
            Map.entry("application/x-java-object", JAVA),
            Map.entry("application/x-msgpack", MSGPACK),
            Map.entry("application/msgpack", MSGPACK),
            Map.entry("application/vnd.msgpack", MSGPACK),
            Map.entry("application/x-python-marshal", OTHER),
            Map.entry("application/x-ruby-marshal", OTHER),
            Map.entry("application/vnd.php.serialized", OTHER),
            Map.entry("application/x-dotnet-serialized-object", OTHER),
            Map.entry("application/x-microsoft.net.object.binary.base64", OTHER));

    private RefusedFormats() {}

    /** @throws UnreadablePayloadException if the media type, in lower case, is refused */
    static void check(String mediaType) {
        String reason = REASONS.get(mediaType);
        if (reason != null) {
            throw new UnreadablePayloadException("content type " + mediaType + " is refused: it is " + reason
                    + "; change the sender to application/json");
        }
    }
}
