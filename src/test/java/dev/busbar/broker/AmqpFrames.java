package dev.busbar.broker;

/**
 * Counts what passes in one direction of AMQP 0-9-1: a protocol header of eight bytes, or a frame of type, channel,
 * size, payload and end.
 */
final class AmqpFrames {

    private static final int HEADER = 8;
    private static final int SIZE_AT = 3;
    private static final int PAYLOAD_AT = 7;

    private int frame;
    private int offset;
    private boolean header;
    private int size;

    /** Whether the next byte is this one of that frame, or comes after it. */
    boolean reached(int wantedFrame, int wantedOffset) {
        return frame > wantedFrame || (frame == wantedFrame && offset >= wantedOffset);
    }

    void pass(byte next) {
        if (offset == 0) {
            header = next == 'A';
            size = 0;
        } else if (offset >= SIZE_AT && offset < PAYLOAD_AT) {
            size = size << 8 | next & 0xff;
        }
        offset++;
        if (header ? offset == HEADER : offset >= PAYLOAD_AT && offset == PAYLOAD_AT + size + 1) {
            frame++;
            offset = 0;
        }
    }
}
