package dev.busbar.bench;

import dev.busbar.topic.TopicFilter;
import dev.busbar.topic.TopicIndex;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Which of 100,000 filters match a key: most of them name one build, the rest have wildcards. */
@State(Scope.Benchmark)
public class Matching {

    private static final int FILTERS = 100_000;
    private static final int KEYS = 4_096;

    private final List<TopicFilter> filters = new ArrayList<>(FILTERS);
    private final TopicIndex<TopicFilter> index = new TopicIndex<>();
    private final String[] keys = new String[KEYS];
    private int next;

    @Setup
    public void fill() {
        for (var n = 0; n < FILTERS; n++) {
            var filter = TopicFilter.parse(
                    switch (n % 10) {
                        case 0 -> "builds." + n + ".steps.*.finished";
                        case 1 -> "*." + n + ".finished";
                        case 2 -> "builds." + n + ".#";
                        case 3 -> "#.failed." + n;
                        default -> "builds." + n + ".finished";
                    });
            filters.add(filter);
            index.add(filter, filter);
        }
        var random = new Random(1);
        for (var i = 0; i < KEYS; i++) {
            var n = random.nextInt(FILTERS);
            keys[i] = "builds." + n + (i % 2 == 0 ? ".finished" : ".steps.compile.finished");
        }
    }

    private String key() {
        return keys[next++ % KEYS];
    }

    @Benchmark
    public void trie(Blackhole found) {
        index.match(key(), found::consume);
    }

    @Benchmark
    public void oneByOne(Blackhole found) {
        var key = key();
        for (var filter : filters) {
            if (filter.matches(key)) {
                found.consume(filter);
            }
        }
    }

    /** In this JVM, which is the contestant's own. */
    static JsonObject measure(String method) throws RunnerException {
        var options = new OptionsBuilder()
                .include(Matching.class.getName() + "." + method + "$")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(2))
                .forks(0)
                .build();
        var result = new Runner(options).runSingle().getPrimaryResult();
        return new JsonObject().put("micros", result.getScore()).put("error", result.getScoreError());
    }
}
