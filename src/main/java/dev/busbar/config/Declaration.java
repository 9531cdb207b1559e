package dev.busbar.config;

/** What Busbar does about an exchange or a queue before it uses it. */
public enum Declaration {
    /** Declares it, which changes nothing if it exists alike. */
    TRUE,
    /** Looks whether it exists, and waits until it does. Declares, binds and deletes nothing. */
    PASSIVE,
    /** Uses it without a question. Declares, binds and deletes nothing. */
    FALSE
}
