package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.DemoBuilds.Event;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoBuildsTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    private final List<Event> story = story(17, 2_000);

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(story(17, 2_000)).isEqualTo(story);
        assertThat(story(18, 2_000)).isNotEqualTo(story);
    }

    @Test
    void everyKeyIsOneThatBuildbotHas() {
        assertThat(story)
                .allSatisfy(event -> RoutingKey.parse(event.key()))
                .extracting(event -> event.key().replaceAll("\\d+", "N"))
                .containsOnly(
                        "changes.N.new",
                        "buildsets.N.new",
                        "buildsets.N.complete",
                        "builds.N.new",
                        "builds.N.started",
                        "builds.N.finished",
                        "builds.N.steps.N.new",
                        "builds.N.steps.N.finished");
    }

    @Test
    void buildsCountUpAndEachFinishesOnceWithAResult() {
        var begun = ids("builds.*.new");
        var finished = ids("builds.*.finished");

        assertThat(begun).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(finished).doesNotHaveDuplicates().isSubsetOf(begun);
        assertThat(begun.size() - finished.size()).isBetween(0, 3);
        assertThat(matching("builds.*.finished"))
                .extracting(event -> event.body().getInteger("results"))
                .contains(0, 2)
                .doesNotContainNull();
    }

    @Test
    void datesAreInstants() {
        assertThat(matching("changes.*.new"))
                .extracting(event -> event.body().getMap().get("when_timestamp"))
                .containsOnly(NOW);
    }

    private List<Integer> ids(String filter) {
        return matching(filter).stream()
                .map(event -> event.body().getInteger("buildid"))
                .toList();
    }

    private List<Event> matching(String filter) {
        var matched = TopicFilter.parse(filter);
        return story.stream().filter(event -> matched.matches(event.key())).toList();
    }

    private static List<Event> story(long seed, int steps) {
        var builds = new DemoBuilds(seed);
        var events = new ArrayList<Event>();
        for (var i = 0; i < steps; i++) {
            events.addAll(builds.next(NOW));
        }
        return events;
    }
}
