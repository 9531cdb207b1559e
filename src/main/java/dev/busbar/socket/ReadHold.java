package dev.busbar.socket;

/** Stops and resumes the handling of what a client sends. Each {@link #hold} needs a {@link #release} of its own. */
public interface ReadHold {

    /** Handles nothing more until {@link #release}; what the client sends meanwhile waits. */
    void hold();

    void release();
}
