package dev.busbar.socket;

/** Pauses and resumes the reading of what a client sends. Each {@link #hold} needs a {@link #release} of its own. */
public interface ReadHold {

    /** Reads nothing more until {@link #release}; what the client sends meanwhile waits. */
    void hold();

    /** Reads again, unless another {@link #hold} is still in force. */
    void release();
}
