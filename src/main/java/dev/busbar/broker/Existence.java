package dev.busbar.broker;

/** Says how much of what is configured a broker already has. */
public enum Existence {
    /** There is no exchange or queue of that name. */
    MISSING,
    /** There is one, whatever its properties. */
    EXISTS,
    /** There is one with the configured properties. */
    FITS
}
