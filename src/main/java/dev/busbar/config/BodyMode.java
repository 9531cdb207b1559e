package dev.busbar.config;

/** How the bodies of a route are read or written, whatever their content type says. */
public enum BodyMode {
    /** As JSON. */
    JSON,
    /** As text that nobody parses: a {@code String} on the event bus. */
    TEXT,
    /** As the bytes they are: a {@code Buffer} on the event bus. */
    BYTES;

    /**
     * Returns whether bodies may be read as JSON. A test compares it with the codec.
     *
     * @param mode {@code null} if the content type says it
     * @param contentType {@code null} if each message names its own
     */
    static boolean mayBeJson(BodyMode mode, String contentType) {
        return mode == JSON
                || mode == null
                        && (contentType == null
                                || contentType.matches("(?i)application/(json|[^\\s;]*\\+json)(\\s*;.*)?"));
    }
}
