package dev.busbar.config;

/** How the bodies of a route are read or written, whatever their content type says. */
public enum BodyMode {
    /** As JSON. */
    JSON,
    /** As text that nobody parses: a {@code String} on the event bus. */
    TEXT,
    /** As the bytes they are: a {@code Buffer} on the event bus. */
    BYTES
}
