package dev.busbar.testing.broker;

import java.time.Duration;
import java.util.Set;

/**
 * Describes what goes wrong on a connection, and where in its traffic.
 *
 * @param counted the direction whose frames are counted
 * @param frame the number of the frame in which it strikes, the protocol header or the first frame being 0
 * @param offset the bytes of that frame after which it strikes; at its end if the frame is shorter
 * @param kind what goes wrong
 * @param hit the directions it strikes
 * @param time how long a stall lasts
 */
public record NetworkFault(Way counted, int frame, int offset, Kind kind, Set<Way> hit, Duration time) {

    /** Names the directions of traffic. */
    public enum Way {
        TO_BROKER,
        TO_CLIENT
    }

    /** Names what can go wrong. */
    public enum Kind {
        /** Both sides get a reset. */
        CUT,
        /** Bytes are held back, ends of stream too, and passed on later if anybody still wants them. */
        STALL,
        /** The receiver sees the end of the stream; what is sent all the same is lost, and the other way works on. */
        HALF_CLOSE
    }

    public NetworkFault {
        hit = Set.copyOf(hit);
    }
}
