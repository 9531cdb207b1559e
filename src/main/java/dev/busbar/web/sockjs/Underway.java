package dev.busbar.web.sockjs;

/** How much of one kind a socket has under way; while that is as much as it may be, nothing more is read from it. */
final class Underway {

    private final Inbox inbox;
    private final int most;
    private int count;

    Underway(Inbox inbox, int most) {
        this.inbox = inbox;
        this.most = most;
    }

    void begin() {
        if (++count == most) {
            inbox.hold();
        }
    }

    void end() {
        if (count-- == most) {
            inbox.release();
        }
    }
}
