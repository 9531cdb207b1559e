package dev.busbar.broker;

import java.time.Duration;
import java.util.Set;

/**
 * What goes wrong on a connection, and where in its traffic.
 *
 * @param counted the direction whose frames say when
 * @param frame it strikes in this one of them, the protocol header or the first frame being 0
 * @param offset after so many bytes of that frame, or at its end if it is shorter
 * @param hit the directions it strikes
 * @param time how long a stall lasts
 */
public record NetworkFault(Way counted, int frame, int offset, Kind kind, Set<Way> hit, Duration time) {

    /** A direction of traffic. */
    public enum Way {
        TO_BROKER,
        TO_CLIENT
    }

    /** What happens. */
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
