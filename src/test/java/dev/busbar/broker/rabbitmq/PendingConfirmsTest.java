package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PendingConfirmsTest {

    /** Publishes some messages, then confirms one number, given relative to the next one. */
    private record Round(int publications, int back, boolean multiple) {}

    private final PendingConfirms<Long> pending = new PendingConfirms<>();

    @Property(tries = 500)
    void handsOverWhatASortedMapWould(@ForAll("rounds") List<Round> rounds) {
        var tested = new PendingConfirms<Long>();
        var model = new TreeMap<Long, Long>();
        var next = 1L;
        for (var round : rounds) {
            for (var i = 0; i < round.publications(); i++) {
                assertThat(tested.add(next)).isEqualTo(next);
                model.put(next, next);
                next++;
            }
            var number = next - round.back();
            var expected = new ArrayList<Long>();
            if (number < next && number > 0) {
                var covered = round.multiple() ? model.headMap(number, true) : model.subMap(number, true, number, true);
                expected.addAll(covered.values());
                covered.clear();
            }

            if (number != 0) {
                assertThat(confirm(tested, number, round.multiple())).isEqualTo(expected);
            }

            assertThat(tested.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(tested.find(any -> true)).isEqualTo(model.isEmpty() ? null : model.firstKey());
        }
        var left = new ArrayList<Long>();
        tested.drain(left::add);
        assertThat(left).containsExactlyElementsOf(model.values());
        assertThat(tested.isEmpty()).isTrue();
    }

    @Test
    void growsAsFarAsNeededWhileTheOldestWaits() {
        addAll(1, 10_000);

        assertThat(confirm(pending, 9_999, false)).containsExactly(9_999L);
        assertThat(confirm(pending, 10_000, true)).hasSize(9_999).isSorted().doesNotContain(9_999L);
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void zeroWithMultipleCoversEverythingAndAloneNothing() {
        addAll(1, 3);

        assertThat(confirm(pending, 0, false)).isEmpty();
        assertThat(confirm(pending, 0, true)).containsExactly(1L, 2L, 3L);
        assertThat(pending.add(4L)).isEqualTo(4);
    }

    @Test
    void findsTheOldestThatIsWanted() {
        addAll(1, 5);
        confirm(pending, 2, false);

        assertThat(pending.find(number -> number % 2 == 0)).isEqualTo(4);
        assertThat(pending.find(number -> number > 5)).isNull();
    }

    @Test
    void whoIsToldMayPublish() {
        addAll(1, 64);
        var told = new ArrayList<Long>();

        pending.confirm(64, true, number -> {
            told.add(number);
            pending.add(number + 64);
            pending.add(number + 64);
        });

        assertThat(told)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 64).boxed().toList());
        assertThat(confirm(pending, 192, true)).hasSize(128).isSorted();
    }

    private void addAll(long first, long last) {
        for (var number = first; number <= last; number++) {
            pending.add(number);
        }
    }

    private static List<Long> confirm(PendingConfirms<Long> pending, long number, boolean multiple) {
        var confirmed = new ArrayList<Long>();
        pending.confirm(number, multiple, confirmed::add);
        return confirmed;
    }

    @Provide
    Arbitrary<List<Round>> rounds() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.integers().between(-2, 100),
                        Arbitraries.of(true, false))
                .as(Round::new)
                .list()
                .ofMaxSize(60);
    }
}
