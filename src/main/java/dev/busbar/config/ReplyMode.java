package dev.busbar.config;

/** What a sender that used {@code request} on an outbound route's address gets. */
public enum ReplyMode {
    /** The broker's confirmation. */
    CONFIRM,
    /** The answer of whoever consumed the message. */
    MESSAGE
}
