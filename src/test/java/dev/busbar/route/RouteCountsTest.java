package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.delivery.SendFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RouteCountsTest {

    @Property(tries = 100)
    void countsEachKindByItself(@ForAll List<RouteEvent> events) {
        var counts = new RouteCounts();

        events.forEach(counts::count);

        assertThat(counts.snapshot())
                .containsOnlyKeys(RouteEvent.values())
                .allSatisfy((event, count) -> assertThat(count)
                        .isEqualTo(events.stream().filter(event::equals).count()));
    }

    @Example
    void aSnapshotStaysAsItWas() {
        var counts = new RouteCounts();
        var before = counts.snapshot();

        counts.count(RouteEvent.RECEIVED);

        assertThat(before).containsEntry(RouteEvent.RECEIVED, 0L);
        assertThat(counts.snapshot()).containsAllEntriesOf(Map.of(RouteEvent.RECEIVED, 1L, RouteEvent.HANDLED, 0L));
    }

    @Example
    void sendFailuresAreToldApartByTheirCodes() {
        assertThat(Arrays.stream(SendFailure.values()).map(SendFailure::code))
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code).isPositive());
    }

    @Example
    void everyCountHasADescriptionOfItsOwn() {
        assertThat(Arrays.stream(RouteEvent.values()).map(RouteEvent::description))
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }
}
