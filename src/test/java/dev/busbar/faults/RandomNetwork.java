package dev.busbar.faults;

import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.CuttableProxy;
import dev.busbar.testing.broker.NetworkFault;
import dev.busbar.testing.broker.NetworkFault.Kind;
import dev.busbar.testing.broker.NetworkFault.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A network that fails on each of its first connections: in the handshake, while topology is declared, under load; at
 * the border of frames or inside one; in either direction or both. The same faults for the same seed.
 */
record RandomNetwork(long seed, int connections) implements CuttableProxy.Script {

    private static final int FAULTS = 3;
    private static final int LATEST_FRAME = Soak.pick(1_500, 6_000);
    private static final int LATEST_BYTE = 24;
    /** Longer than anybody should take to notice. */
    private static final Duration FOR_EVER = Duration.ofSeconds(8);

    @Override
    public List<NetworkFault> of(int connection) {
        var faults = new ArrayList<NetworkFault>();
        if (connection < connections) {
            var random = new SplittableRandom(seed * 1_000_003 + connection);
            for (var counted : Way.values()) {
                var frame = 0;
                for (var i = 0; i < FAULTS; i++) {
                    frame += aboutEquallyOftenOfEachMagnitude(random);
                    faults.add(fault(counted, frame, random));
                }
            }
        }
        return faults;
    }

    private static int aboutEquallyOftenOfEachMagnitude(SplittableRandom random) {
        return (int) Math.exp(random.nextDouble(Math.log(LATEST_FRAME)));
    }

    private static NetworkFault fault(Way counted, int frame, SplittableRandom random) {
        var offset = random.nextBoolean() ? 0 : random.nextInt(1, LATEST_BYTE);
        var one = random.nextBoolean() ? Way.TO_BROKER : Way.TO_CLIENT;
        var some = random.nextBoolean() ? EnumSet.of(one) : EnumSet.allOf(Way.class);
        var kind = random.nextInt(100);
        if (kind < 40) {
            return new NetworkFault(counted, frame, offset, Kind.CUT, Set.of(one), Duration.ZERO);
        } else if (kind < 65) {
            return new NetworkFault(counted, frame, offset, Kind.HALF_CLOSE, Set.of(one), Duration.ZERO);
        } else if (kind < 85) {
            var time = Duration.ofMillis(random.nextInt(20, 500));
            return new NetworkFault(counted, frame, offset, Kind.STALL, some, time);
        }
        return new NetworkFault(counted, frame, offset, Kind.STALL, some, FOR_EVER);
    }
}
