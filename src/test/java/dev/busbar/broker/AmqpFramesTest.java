package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.AmqpFrames;
import org.junit.jupiter.api.Test;

class AmqpFramesTest {

    private static final byte[] HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};
    private static final byte[] HEARTBEAT = {8, 0, 0, 0, 0, 0, 0, (byte) 0xCE};

    private final AmqpFrames frames = new AmqpFrames();

    private void pass(byte... bytes) {
        for (var next : bytes) {
            frames.pass(next);
        }
    }

    /** A body that looks like headers and frame ends. */
    private static byte[] body(int size) {
        var frame = new byte[size + 8];
        java.util.Arrays.fill(frame, (byte) 0xCE);
        frame[0] = 3;
        frame[7] = 'A';
        for (var at = 0; at < 4; at++) {
            frame[3 + at] = (byte) (size >>> (24 - 8 * at));
        }
        return frame;
    }

    @Test
    void countsTheProtocolHeaderAndFramesOfAnySize() {
        pass(HEADER);
        assertThat(frames.reached(1, 0)).isTrue();
        pass(HEARTBEAT);
        pass(body(1));
        pass(body(131_064));
        assertThat(frames.reached(4, 0)).isTrue();
        assertThat(frames.reached(4, 1)).isFalse();
    }

    @Test
    void afterAHeaderOfVersion1FramesBeginWithTheirSize() {
        pass((byte) 'A', (byte) 'M', (byte) 'Q', (byte) 'P', (byte) 3, (byte) 1, (byte) 0, (byte) 0);
        pass(new byte[] {0, 0, 0, 12, 2, 1, 0, 0, 'A', 'M', 'Q', 'P'});
        assertThat(frames.reached(2, 0)).isTrue();
        pass((byte) 'A', (byte) 'M', (byte) 'Q', (byte) 'P', (byte) 0, (byte) 1, (byte) 0, (byte) 0);
        pass(new byte[] {0, 0, 0, 8, 2, 0, 0, 0});
        pass(new byte[] {0, 0, 1, 4});
        assertThat(frames.reached(4, 4)).isTrue();
        pass(new byte[256]);
        assertThat(frames.reached(5, 0)).isTrue();
        assertThat(frames.reached(5, 1)).isFalse();
    }

    @Test
    void knowsThePlaceInAFrame() {
        pass(body(300));
        pass((byte) 3, (byte) 0);
        assertThat(frames.reached(1, 2)).isTrue();
        assertThat(frames.reached(1, 3)).isFalse();
        assertThat(frames.reached(0, 1_000)).isTrue();
    }
}
