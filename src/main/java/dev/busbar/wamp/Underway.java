package dev.busbar.wamp;

/** How much a session has under way; while that is as much as it may be, nothing more is read from it. */
final class Underway {

    private final Line line;
    private final int most;
    private int count;

    Underway(Line line, int most) {
        this.line = line;
        this.most = most;
    }

    void begin() {
        if (++count == most) {
            line.hold();
        }
    }

    void end() {
        if (count-- == most) {
            line.release();
        }
    }
}
