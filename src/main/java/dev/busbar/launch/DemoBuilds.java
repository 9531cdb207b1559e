package dev.busbar.launch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up the messages of a Buildbot: a change comes in, its buildset starts builds, their steps run and end, the
 * builds finish, and at last the buildset is complete. Routing keys and fields are Buildbot's. The same seed makes the
 * same messages. Not thread-safe.
 */
final class DemoBuilds {

    /** One message of the stream. */
    record Event(String key, JsonObject body) {}

    private static final List<String> AUTHORS = List.of("Ada <ada@example.org>", "Grace <grace@example.org>");
    private static final List<String> BRANCHES = List.of("main", "main", "release-2.4", "topic/faster-parser");
    private static final List<String> COMMENTS = List.of(
            "Bound the queue", "Fix the flaky test", "Update translations", "Close the socket on errors", "Tidy up");
    private static final List<String> BUILDERS = List.of("linux-gcc", "linux-clang", "macos", "windows", "docs");
    private static final List<String> STEPS = List.of("git", "configure", "compile", "test", "upload");
    private static final int MAX_BUILDS_PER_BUILDSET = 3;
    private static final int SUCCESS = 0;
    private static final int FAILURE = 2;

    private final Random random;
    private final List<Build> running = new ArrayList<>();
    private int lastChangeId = 100;
    private int lastBuildsetId = 40;
    private int lastBuildId = 16;

    DemoBuilds(long seed) {
        random = new Random(seed);
    }

    /** Returns the messages of the next step of a running build, or of a new change if no build runs. */
    List<Event> next(Instant now) {
        if (running.isEmpty()) {
            return change(now);
        }
        return running.get(random.nextInt(running.size())).proceed(now);
    }

    private List<Event> change(Instant now) {
        var id = ++lastChangeId;
        var events = new ArrayList<Event>();
        var revision = Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        events.add(new Event(
                "changes." + id + ".new",
                new JsonObject()
                        .put("changeid", id)
                        .put("author", pick(AUTHORS))
                        .put("branch", pick(BRANCHES))
                        .put("revision", revision)
                        .put("comments", pick(COMMENTS))
                        .put("files", new JsonArray().add("src/queue.c").add("tests/queue_test.c"))
                        .put("project", "example")
                        .put("when_timestamp", now)));
        var buildset = ++lastBuildsetId;
        events.add(new Event(
                "buildsets." + buildset + ".new",
                new JsonObject()
                        .put("bsid", buildset)
                        .put("reason", "scheduler")
                        .put("complete", false)
                        .put("submitted_at", now)));
        var first = random.nextInt(BUILDERS.size());
        var count = 1 + random.nextInt(MAX_BUILDS_PER_BUILDSET);
        for (var i = 0; i < count; i++) {
            running.add(new Build(buildset, (first + i) % BUILDERS.size()));
        }
        return events;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private final class Build {

        private final int id = ++lastBuildId;
        private final int buildset;
        private final int builder;
        private Instant started;
        private int step;
        private boolean stepRuns;
        private int results = SUCCESS;

        Build(int buildset, int builder) {
            this.buildset = buildset;
            this.builder = builder;
        }

        List<Event> proceed(Instant now) {
            if (started == null) {
                started = now;
                return List.of(event("new", now), event("started", now));
            }
            if (results != SUCCESS || step == STEPS.size()) {
                return finish(now);
            }
            stepRuns = !stepRuns;
            if (stepRuns) {
                return List.of(stepEvent("new", now, null));
            }
            results = random.nextInt(20) == 0 ? FAILURE : SUCCESS;
            var ended = stepEvent("finished", now, results);
            step++;
            return List.of(ended);
        }

        private List<Event> finish(Instant now) {
            running.remove(this);
            var events = new ArrayList<>(List.of(event("finished", now)));
            if (running.isEmpty()) {
                events.add(new Event(
                        "buildsets." + buildset + ".complete",
                        new JsonObject()
                                .put("bsid", buildset)
                                .put("complete", true)
                                .put("results", results)
                                .put("complete_at", now)));
            }
            return events;
        }

        private Event event(String what, Instant now) {
            var finished = what.equals("finished");
            return new Event(
                    "builds." + id + "." + what,
                    new JsonObject()
                            .put("buildid", id)
                            .put("builderid", builder + 1)
                            .put("builder", BUILDERS.get(builder))
                            .put("workerid", builder + 1)
                            .put("state_string", finished ? (results == SUCCESS ? "build successful" : "failed") : what)
                            .put("started_at", started)
                            .put("complete", finished)
                            .put("complete_at", finished ? now : null)
                            .put("results", finished ? results : null));
        }

        private Event stepEvent(String what, Instant now, Integer outcome) {
            return new Event(
                    "builds." + id + ".steps." + step + "." + what,
                    new JsonObject()
                            .put("buildid", id)
                            .put("number", step)
                            .put("name", STEPS.get(step))
                            .put("complete", outcome != null)
                            .put(outcome == null ? "started_at" : "complete_at", now)
                            .put("results", outcome));
        }
    }
}
