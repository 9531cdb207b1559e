package dev.busbar.testing.broker;

/**
 * Counts what passes in one direction of AMQP: a protocol header of eight bytes, or a frame. One of 0-9-1 has type,
 * channel, size, payload and end; one of 1.0, which only comes after a header that says so, begins with its size.
 */
public final class AmqpFrames {

    private static final int HEADER = 8;
    private static final int MAJOR_AT = 5;

    /** Describes where the size stands in a frame, and how much longer the frame is. */
    private record Form(int sizeAt, int more) {
        static final Form OF_091 = new Form(3, 8);
        static final Form OF_10 = new Form(0, 0);

        int payloadAt() {
            return sizeAt + Integer.BYTES;
        }
    }

    private Form form = Form.OF_091;
    private int frame;
    private int offset;
    private boolean header;
    private int size;

    /** Returns whether the next byte is at this offset of this frame, or comes after it. */
    public boolean reached(int wantedFrame, int wantedOffset) {
        return frame > wantedFrame || (frame == wantedFrame && offset >= wantedOffset);
    }

    /** Returns how many frames have passed whole, protocol headers included. */
    int whole() {
        return frame;
    }

    public void pass(byte next) {
        if (offset == 0) {
            header = next == 'A';
            size = 0;
        }
        if (header) {
            passHeader(next);
        } else {
            passFrame(next);
        }
    }

    private void passHeader(byte next) {
        if (offset == MAJOR_AT) {
            form = next == 1 ? Form.OF_10 : Form.OF_091;
        }
        passed(offset + 1 == HEADER);
    }

    private void passFrame(byte next) {
        if (offset >= form.sizeAt() && offset < form.payloadAt()) {
            size = size << 8 | next & 0xff;
        }
        passed(offset + 1 >= form.payloadAt() && offset + 1 == size + form.more());
    }

    private void passed(boolean wholeFrame) {
        offset++;
        if (wholeFrame) {
            frame++;
            offset = 0;
        }
    }
}
