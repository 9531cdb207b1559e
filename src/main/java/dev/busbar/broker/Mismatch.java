package dev.busbar.broker;

/** Says what to do when a queue or an exchange exists otherwise than configured. */
public final class Mismatch {

    /** Names no deletion: the thing and what is in it may be somebody else's. */
    public static final String REMEDY = ". If it exists otherwise, it is left as it is. Configure it alike; or, if it"
            + " belongs to others, set its declare to passive or false to use it as it is";

    private Mismatch() {}
}
