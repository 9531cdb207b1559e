package dev.busbar.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Strikes one node again and again until the time is over; then it is there, and well. Somebody else is always there
 * meanwhile.
 */
final class NodeFaults implements Callable<ClusterNode> {

    private final ClusterTraffic traffic;
    private final List<NodeFault> faults;
    private final long end;
    private final Semaphore away;
    private final List<String> log;
    private ClusterNode node;

    /**
     * @param away how many nodes may still be struck at the same time
     * @param log told of each, thread-safe
     */
    NodeFaults(
            ClusterTraffic traffic,
            ClusterNode node,
            List<NodeFault> faults,
            Duration time,
            Semaphore away,
            List<String> log) {
        this.traffic = traffic;
        this.node = node;
        this.faults = faults;
        this.end = System.nanoTime() + time.toNanos();
        this.away = away;
        this.log = log;
    }

    @Override
    public ClusterNode call() throws Exception {
        for (var fault : faults) {
            TimeUnit.MILLISECONDS.sleep(fault.after().toMillis());
            away.acquire();
            try {
                if (System.nanoTime() > end) {
                    break;
                }
                log.add(traffic.allowed() + ": " + node.life() + " " + fault);
                strike(fault);
            } finally {
                away.release();
            }
        }
        return node;
    }

    private void strike(NodeFault fault) throws Exception {
        switch (fault.kind()) {
            case KILL -> {
                node.kill();
                startAfter(fault.lasting());
            }
            case STOP -> {
                var code = node.stop();
                if (code != 0) {
                    throw new AssertionError(node.life() + " ended with " + code);
                }
                startAfter(fault.lasting());
            }
            case PAUSE -> {
                traffic.interrupted(node);
                node.pause();
                TimeUnit.MILLISECONDS.sleep(fault.lasting().toMillis());
                node.resume();
            }
        }
    }

    private void startAfter(Duration time) throws Exception {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        node = traffic.start(node.name());
    }
}
