package dev.busbar.config;

/** The reply to a sender that used {@code request} on the address of an outbound route. */
public enum ReplyMode {
    /** The broker's confirmation. */
    CONFIRM,
    /** The answer of the message's consumer. */
    MESSAGE
}
