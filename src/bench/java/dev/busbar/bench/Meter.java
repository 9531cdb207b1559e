package dev.busbar.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * Counts messages, and takes the time, this process's CPU time and its allocations at the first one, the middle and the
 * last: the first half warms the JIT up, the second is what counts. To be ticked by one thread at a time.
 */
final class Meter {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private record Mark(long nanos, long cpuNanos, long compileMillis, long allocated) {

        static Mark now() {
            var allocated = Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                    .filter(bytes -> bytes > 0)
                    .sum();
            return new Mark(
                    System.nanoTime(), SYSTEM.getProcessCpuTime(), COMPILER.getTotalCompilationTime(), allocated);
        }
    }

    private final int messages;
    private final CountDownLatch end = new CountDownLatch(1);
    private int count;
    private Mark first;
    private Mark middle;
    private Mark last;

    /** @param messages how many ticks there will be */
    Meter(int messages) {
        this.messages = messages;
    }

    int messages() {
        return messages;
    }

    void tick() {
        count++;
        if (count == 1) {
            first = Mark.now();
        } else if (count == messages / 2) {
            middle = Mark.now();
        } else if (count == messages) {
            last = Mark.now();
            end.countDown();
        }
    }

    /** Waits for the last tick. */
    JsonObject result() throws InterruptedException {
        end.await();
        var cold = messages / 2 - 1;
        var warm = messages - messages / 2;
        return new JsonObject()
                .put("coldRate", cold / seconds(first, middle))
                .put("rate", warm / seconds(middle, last))
                .put("cpu", (last.cpuNanos - middle.cpuNanos) / 1e3 / warm)
                .put("jit", (last.compileMillis - middle.compileMillis) * 1e3 / warm)
                .put("bytes", (double) (last.allocated - middle.allocated) / warm)
                .put("threads", ThreadKinds.describe());
    }

    private static double seconds(Mark from, Mark to) {
        return (to.nanos - from.nanos) / 1e9;
    }
}
