package dev.busbar.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Which faults strike, and when: decided by the seed alone. */
record FaultSchedule(List<Step> steps) {

    /** What goes wrong. */
    enum Fault {
        /** The broker, with signal 9; and started again. */
        KILL(8),
        /** The broker, stopped cleanly; and started again. */
        RESTART(10),
        /** The broker is held. */
        PAUSE(0),
        /** The broker closes all connections. */
        CLOSE_CONNECTIONS(1),
        /** An operator deletes the queue of the lane that may lose. */
        DELETE_QUEUE(1),
        /** An operator deletes the exchange of that lane. */
        DELETE_EXCHANGE(1),
        /** The broker is short of memory. */
        BLOCK_PUBLISHERS(2),
        /** The handler replies to nothing for so long that the broker closes the channel of its route. */
        CLOSE_CHANNEL(6),
        /** The network resets the bridge's connections. */
        CUT(0),
        /** The network is down for the bridge. */
        BREAK_DOWN(0),
        /** The network swallows what the broker says, and resets the connections. */
        SWALLOW(0),
        /** The network holds back all bytes, and passes them on later. */
        STALL(0),
        /** The network ends one direction of the bridge's connections: what it sends does not arrive. */
        HALF_CLOSE(0),
        /** The handler fails now and then, from now on. */
        HANDLER_FAILS(0),
        /** The handler does not reply now and then, from now on. */
        HANDLER_SILENT(0),
        /** The handler is unregistered. */
        HANDLER_GONE(0),
        /** The handler is there again, and replies. */
        HANDLER_BACK(0),
        /** The bridge is undeployed, a clean stop, and deployed again. */
        REDEPLOY(2);

        private final int seconds;

        Fault(int seconds) {
            this.seconds = seconds;
        }
    }

    /**
     * @param after the pause before it
     * @param lasting until it is mended, if it is one that lasts
     */
    record Step(Duration after, Fault fault, Duration lasting) {

        /** About how long it takes in all. */
        Duration time() {
            return after.plus(lasting).plusSeconds(fault.seconds);
        }

        @Override
        public String toString() {
            return after.toMillis() + " ms: " + fault + " " + lasting.toMillis() + " ms";
        }
    }

    FaultSchedule {
        steps = List.copyOf(steps);
    }

    /** Every fault once in a random order, then again in another, for about so long. */
    static FaultSchedule of(Random random, Duration length) {
        var steps = new ArrayList<Step>();
        var deck = new ArrayList<Fault>();
        for (var time = Duration.ZERO; time.compareTo(length) < 0; ) {
            if (deck.isEmpty()) {
                deck.addAll(List.of(Fault.values()));
            }
            var fault = deck.remove(random.nextInt(deck.size()));
            var step = new Step(
                    Duration.ofMillis(200 + random.nextInt(1_800)), fault, Duration.ofMillis(random.nextInt(4_000)));
            steps.add(step);
            time = time.plus(step.time());
        }
        return new FaultSchedule(steps);
    }
}
