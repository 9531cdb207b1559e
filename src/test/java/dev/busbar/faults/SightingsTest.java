package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.faults.Sightings.Life;
import java.util.BitSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the books of a cluster let pass and what they do not. */
class SightingsTest {

    private static final Life A = new Life("a", 1);
    private static final Life A_AGAIN = new Life("a", 3);
    private static final Life B = new Life("b", 2);

    private final Sightings sightings = new Sightings("r");

    private void fresh(Life life, int... numbers) {
        for (var n : numbers) {
            sightings.seen(life, n, "id-" + n, false);
        }
    }

    private void marked(Life life, int n) {
        sightings.seen(life, n, "id-" + n, true);
    }

    private static void passes(ThrowingCallable check) {
        assertThatCode(check).doesNotThrowAnyException();
    }

    private static void fails(ThrowingCallable check, String why) {
        assertThatThrownBy(check).isInstanceOf(AssertionError.class).hasMessageContaining(why);
    }

    @Test
    void competingNodesShareAndSeeTwiceWhatIsMarked() {
        fresh(A, 0, 2);
        fresh(B, 1);
        marked(B, 2);
        marked(A, 3);

        passes(() -> sightings.assertCompeting(4));
        fails(() -> sightings.assertCompeting(5), "not seen on any node, of 1");
        fresh(B, 3);
        passes(() -> sightings.assertCompeting(4));
        fresh(B, 0);
        fails(() -> sightings.assertCompeting(4), "twice as new, of 1");
    }

    @Test
    void aMessageKeepsItsId() {
        fresh(A, 0);
        sightings.seen(B, 0, "another", true);

        fails(() -> sightings.assertCompeting(1), "another");
    }

    @Test
    void eachNodeSeesEachMessageInWhateverLife() {
        fresh(A, 0);
        fresh(A_AGAIN, 1);
        fresh(B, 0, 1);

        passes(() -> sightings.assertPerNode(2, List.of("a", "b")));
        fails(() -> sightings.assertPerNode(2, List.of("a", "c")), "not seen on c, of 2");
        fresh(A_AGAIN, 0);
        fails(() -> sightings.assertPerNode(2, List.of("a", "b")), "twice as new");
    }

    @Test
    void oneNodeIsActiveAfterTheOtherAndInOrder() {
        fresh(A, 0, 1, 2);
        marked(B, 2);
        fresh(B, 3, 4);

        passes(() -> sightings.assertSingleton(5, 1));
        assertThat(sightings.active()).isEqualTo(B);
        fails(() -> sightings.assertSingleton(5, 0), "changes of the active node");
        fresh(A, 6);
        fresh(B, 5, 7);
        fails(() -> sightings.assertSingleton(8, 1), "changes of the active node");
        fresh(B, 9, 8);
        fails(() -> sightings.assertSingleton(10, 9), "in order on b#2");
    }

    @Test
    void aNodeSeesEverythingWhileItIsThere() {
        fresh(A, 3, 4, 5);
        fresh(B, 0, 1, 4, 5);

        passes(() -> sightings.assertWhileThere(life -> 3, life -> life == B ? 1 : 0));
        fails(() -> sightings.assertWhileThere(life -> 3, life -> 0), "gaps on b#2");
        fails(() -> sightings.assertWhileThere(life -> 2, life -> 1), "the first on a#1");
        fresh(A, 5);
        fails(() -> sightings.assertWhileThere(life -> 3, life -> 1), "on a#1");
    }

    @Test
    void whatComesAgainInALifeIsNoGap() {
        fresh(A, 3, 5, 6);
        marked(A, 4);

        passes(() -> sightings.assertWhileThere(life -> 3, life -> 0));
    }

    @Test
    void whatWasPublishedAgainMayBeNewTwice() {
        fresh(A, 0, 1, 2, 1, 3);
        var again = new BitSet();
        again.set(1);

        fails(() -> sightings.assertCompeting(4), "twice as new, of 1");
        sightings.publishedAgain(again);
        passes(() -> sightings.assertCompeting(4));
        passes(() -> sightings.assertSingleton(4, 0));
        passes(() -> sightings.assertWhileThere(life -> 0, life -> 0));
    }
}
