package dev.busbar.bench;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** What is asked of a bridge for browsers, and of a WAMP router. */
final class SocketContests {

    private static final double MOST_MILLIS = 100;
    private static final double SECONDS = 4;
    private static final double STEP = 1.2;
    private static final int SMALL = 200;
    private static final int LARGE = 1_024;

    private static final int SUBSCRIBERS = 10;

    private static final int READING = 10;
    private static final int SLEEPING = 50;
    private static final int MESSAGES = 200_000;
    private static final int CHUNK = 20_000;
    private static final double CHUNK_SECONDS = 10;

    private SocketContests() {}

    /** The most deliveries a second at which all arrive in time; and the CPU each takes there, and at a given pace. */
    static JsonObject throughput(Setup setup, SocketServer.Kind kind, int sockets) throws Exception {
        try (var browsers = new Browsers(setup, kind, SMALL, 0, "-Xmx1g")) {
            return throughput(browsers, sockets, 100_000 / sockets);
        }
    }

    /** The same of what WAMP clients publish, beginning with 1,000 messages a second. */
    static JsonObject wamp(Setup setup, SocketServer.Kind kind, int publishers) throws Exception {
        try (var browsers = new Browsers(setup, kind, SMALL, publishers, "-Xmx1g")) {
            var result = throughput(browsers, SUBSCRIBERS, 1_000);
            return result.put("messages", result.getDouble("rate") / SUBSCRIBERS)
                    .put("messageCpu", result.getDouble("cpu") * SUBSCRIBERS)
                    .put("evenMessageCpu", result.getDouble("evenCpu") * SUBSCRIBERS);
        }
    }

    private static JsonObject throughput(Browsers browsers, int sockets, int pace) throws Exception {
        browsers.open(sockets);
        browsers.feed(pace * 20, 20);
        var even = browsers.feed((int) (pace * SECONDS), SECONDS);
        var best = even;
        for (var rate = pace / STEP; !inTime(best); rate /= STEP) {
            best = step(browsers, rate);
        }
        var failures = 0;
        for (var rate = best.offered() / sockets * STEP; failures < 2; ) {
            var step = step(browsers, rate);
            if (inTime(step)) {
                best = step;
                failures = 0;
                rate *= STEP;
            } else {
                failures++;
            }
        }
        return new JsonObject()
                .put("rate", best.delivered())
                .put("cpu", best.cpuMicros())
                .put("p50", best.p50())
                .put("p99", best.p99())
                .put("evenCpu", even.cpuMicros())
                .put("evenP50", even.p50())
                .put("evenP99", even.p99())
                .put("heap", browsers.heap());
    }

    private static Browsers.Step step(Browsers browsers, double rate) throws Exception {
        var step = browsers.feed((int) (rate * SECONDS), SECONDS);
        System.err.println(step);
        return step;
    }

    private static boolean inTime(Browsers.Step step) {
        return step.p99() < MOST_MILLIS && step.delivered() > 0.95 * step.offered();
    }

    /** What one idle socket with a subscription holds. */
    static JsonObject idle(Setup setup, SocketServer.Kind kind) throws Exception {
        return idle(setup, kind, 0, 5_000);
    }

    /** What one idle WAMP session with ten subscriptions holds. */
    static JsonObject idleWamp(Setup setup, SocketServer.Kind kind) throws Exception {
        return idle(setup, kind, 1, 1_000);
    }

    private static JsonObject idle(Setup setup, SocketServer.Kind kind, int publishers, int sockets) throws Exception {
        try (var browsers = new Browsers(setup, kind, SMALL, publishers, "-Xmx1g")) {
            browsers.open(100);
            var before = browsers.heap();
            browsers.open(sockets);
            return new JsonObject().put("kibibytes", (browsers.heap() - before) * 1024 / sockets);
        }
    }

    /** What sockets that never read take of the server's heap, and of the time of those that do. */
    static JsonObject slow(Setup setup, SocketServer.Kind kind) throws Exception {
        var result = new JsonObject();
        try (var browsers = new Browsers(setup, kind, LARGE, 0, "-Xmx512m", "-XX:+ExitOnOutOfMemoryError")) {
            browsers.open(READING);
            browsers.feed(CHUNK, CHUNK_SECONDS);
            result.put("without", p99s(browsers, 3, result));
            var before = browsers.heap();
            browsers.openSleeping(SLEEPING);
            result.put("passed", 0).put("with", p99s(browsers, MESSAGES / CHUNK, result));
            result.put("growth", browsers.heap() - before);
        } catch (Exception e) {
            System.err.println(kind + " ended: " + e);
        }
        return result;
    }

    /** The median of some. */
    private static double p99s(Browsers browsers, int chunks, JsonObject result) throws Exception {
        var all = new double[chunks];
        for (var i = 0; i < chunks; i++) {
            all[i] = browsers.feed(CHUNK, CHUNK_SECONDS).p99();
            result.put("passed", (i + 1) * CHUNK);
        }
        Arrays.sort(all);
        return all[chunks / 2];
    }
}
