package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.testing.broker.SampleDelivery;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamPositionTest {

    private final StreamPosition position = new StreamPosition(null, () -> {});

    private final List<SampleDelivery> reads = new ArrayList<>();

    private Delivery arrived(long offset) {
        var read = SampleDelivery.ofStream(offset);
        reads.add(read);
        return position.arrived(read);
    }

    private void loseConnection() {
        reads.forEach(read -> read.lose());
    }

    @Test
    void readingGoesOnWithTheFirstThatIsNotSettled() {
        var first = arrived(10);
        arrived(11).settle(Settlement.ACCEPTED);
        // Whatever is between did not match, or is not there any more.
        arrived(20).settle(Settlement.ACCEPTED);
        loseConnection();
        assertThat(position.start()).isEqualTo(10L);

        first.settle(Settlement.ACCEPTED);

        assertThat(position.start()).isEqualTo(21L);
    }

    @Test
    void whileWhatIsInHandCanBeSettledReadingGoesOnBehindIt() {
        var inHand = arrived(10);
        arrived(11).settle(Settlement.ACCEPTED);
        arrived(12).settle(Settlement.RELEASED);
        arrived(13).settle(Settlement.RELEASED);

        assertThat(position.start()).isEqualTo(12L);
        assertThat(position.mark().next()).isEqualTo(10L);
        assertThat(arrived(10)).isNull();
        assertThat(arrived(12).redelivered()).isTrue();
        assertThat(position.start()).isEqualTo(13L);

        inHand.settle(Settlement.ACCEPTED);

        loseConnection();
        assertThat(position.start()).isEqualTo(12L);
    }

    @ParameterizedTest
    @EnumSource(
            value = Settlement.class,
            names = {"REQUEUED", "RELEASED", "FAILED"})
    void whatIsGivenBackIsReadAgainAndMarkedAndWhatWasSettledIsNot(Settlement givenBack) {
        arrived(1).settle(givenBack);
        arrived(2).settle(Settlement.ACCEPTED);
        var settledBefore = SampleDelivery.ofStream(2);

        assertThat(arrived(1).redelivered()).isTrue();
        assertThat(position.arrived(settledBefore)).isNull();
        assertThat(settledBefore.settlement()).isEqualTo(Settlement.ACCEPTED);
        assertThat(arrived(3).redelivered()).isFalse();
    }

    @Test
    void anotherLifeGoesOnWhereOneHasBeen() {
        arrived(1);
        arrived(2).settle(Settlement.ACCEPTED);
        var next = new StreamPosition("first", () -> {});

        next.resume(position.mark());

        assertThat(next.start()).isEqualTo(1L);
        assertThat(next.arrived(SampleDelivery.ofStream(2)).redelivered()).isTrue();
        assertThat(next.arrived(SampleDelivery.ofStream(3)).redelivered()).isFalse();
    }

    @Test
    void whileNothingHasComeTheTimeSaysWhereToGoOn() {
        assertThat(position.start()).isNull();
        assertThat((String) position.start()).matches("\\d+s");
        assertThat(new StreamPosition(7L, () -> {}).start()).isEqualTo(7L);
        var fromTheFirst = new StreamPosition("first", () -> {});
        fromTheFirst.start();
        assertThat(fromTheFirst.start()).isEqualTo("first");
    }

    @Test
    void whileNothingHasComeTheTimeBeforeTheFirstBeginningCountsToo() {
        var ofTheLastHour = new StreamPosition("1h", () -> {});

        assertThat(ofTheLastHour.start()).isEqualTo("1h");
        assertThat((String) ofTheLastHour.start()).matches("360\\ds");
    }

    @Test
    void whatIsInHandOfAnotherStreamSaysNothingOfThisOne() {
        var old = arrived(0);
        arrived(1).settle(Settlement.ACCEPTED);

        position.startOver();
        var first = arrived(0);
        old.settle(Settlement.ACCEPTED);
        loseConnection();

        assertThat(first).isNotNull();
        assertThat(position.start()).isEqualTo(0L);
    }

    /**
     * Reads 100 messages, settles them in any order, and begins anew now and then, with what was in hand lost or still
     * there; at least once, none skipped.
     */
    @Property
    void nothingIsSkippedAndNothingSettledIsHandledAgain(
            @ForAll @Size(max = 300) int[] choices, @ForAll @IntRange(min = 1, max = 20) int prefetch) {
        var reading = new StreamPosition("first", () -> {});
        var handled = new BitSet();
        List<SampleDelivery> read = new ArrayList<>();
        Deque<Delivery> inHand = new ArrayDeque<>();
        var next = 0L;
        for (var choice : choices) {
            if (choice % 7 == 0) {
                if (choice % 2 == 0) {
                    inHand.clear();
                    read.forEach(each -> each.lose());
                }
                next = reading.start() instanceof Long offset ? offset : 0;
            } else if (choice % 2 == 0 && inHand.size() < prefetch && next < 100) {
                var arrived = SampleDelivery.ofStream(next++);
                read.add(arrived);
                var delivery = reading.arrived(arrived);
                if (delivery != null) {
                    inHand.add(delivery);
                }
            } else if (!inHand.isEmpty()) {
                var done = choice % 3 == 0 ? inHand.pollFirst() : inHand.pollLast();
                var offset = (Long) done.message().properties().headers().get("x-stream-offset");
                assertThat(handled.get(offset.intValue())).isFalse();
                handled.set(offset.intValue());
                done.settle(Settlement.ACCEPTED);
            }
        }

        read.forEach(each -> each.lose());
        var from = reading.start() instanceof Long offset ? offset : 0;
        assertThat(handled.nextClearBit(0)).isGreaterThanOrEqualTo((int) from);
    }
}
