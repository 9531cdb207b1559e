package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.route.DuplicateWindow.Verdict;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

class DuplicateWindowTest {

    private static final Object OWNER = new Object();
    private static final Vertx VERTX = Vertx.vertx();
    private static final AtomicInteger ROUTES = new AtomicInteger();

    @AfterContainer
    static void close() {
        VERTX.close().await();
    }

    @Property(tries = 200)
    void remembersTheLastOnesFirstSettled(
            @ForAll @IntRange(min = 1, max = 6) int size,
            @ForAll @Size(max = 40) List<@IntRange(max = 9) Integer> settled) {
        var window = window(size);
        var model = new ArrayList<Integer>();
        for (var id : settled) {
            settle(window, "id-" + id);
            if (!model.contains(id)) {
                model.add(id);
            }
            if (model.size() > size) {
                model.remove(0);
            }

            for (var any = 0; any < 10; any++) {
                assertThat(knows(window, "id-" + any)).isEqualTo(model.contains(any));
            }
        }
    }

    @Example
    void withoutAnIdNothingIsADuplicate() {
        var window = window(3);
        settle(window, null);

        assertThat(knows(window, null)).isFalse();
    }

    @Example
    void ofSizeZeroRemembersNothing() {
        var window = window(0);
        settle(window, "id");

        assertThat(knows(window, "id")).isFalse();
    }

    @Example
    void isSharedByTheInstancesOfARouteAndByNoOther() {
        var first = DuplicateWindow.of(VERTX, "shared", 3);
        settle(first, "id");

        assertThat(knows(DuplicateWindow.of(VERTX, "shared", 3), "id")).isTrue();
        assertThat(knows(DuplicateWindow.of(VERTX, "another", 3), "id")).isFalse();
    }

    @Example
    void isAnotherWhenTheRouteComesBackWithAnotherSize() {
        settle(DuplicateWindow.of(VERTX, "resized", 3), "id");

        assertThat(knows(DuplicateWindow.of(VERTX, "resized", 4), "id")).isFalse();
    }

    @Example
    void aCopyWaitsForWhatIsUnderWayAndIsADuplicateOnceThatIsHandled() {
        var window = window(3);
        var asked = new AtomicInteger();
        assertThat(window.arrived("id", OWNER, asked::incrementAndGet)).isEqualTo(Verdict.NEW);
        assertThat(window.arrived("id", OWNER, asked::incrementAndGet)).isEqualTo(Verdict.IN_PROGRESS);
        assertThat(asked).hasValue(0);

        window.finished("id", OWNER, true);

        assertThat(asked).hasValue(1);
        assertThat(knows(window, "id")).isTrue();
    }

    @Example
    void aCopyIsNewWhenWhatWasUnderWayHasNotBeenHandled() {
        var window = window(3);
        window.arrived("id", OWNER, () -> {});
        var verdicts = new ArrayList<Verdict>();
        window.arrived("id", OWNER, () -> verdicts.add(window.arrived("id", OWNER, () -> {})));

        window.finished("id", OWNER, false);

        assertThat(verdicts).containsExactly(Verdict.NEW);
    }

    @Example
    void nobodyWaitsForWhatItsOwnerHasAbandoned() {
        var window = window(3);
        var other = new Object();
        var asked = new AtomicInteger();
        window.arrived("id", OWNER, () -> {});
        window.arrived("id", other, asked::incrementAndGet);

        window.abandoned(OWNER);

        assertThat(asked).hasValue(1);
        assertThat(window.arrived("id", other, () -> {})).isEqualTo(Verdict.NEW);
        // Too late to end the other's, but what has been handled is settled.
        window.finished("id", OWNER, true);
        assertThat(knows(window, "id")).isTrue();
    }

    private static void settle(DuplicateWindow window, String id) {
        window.arrived(id, OWNER, () -> {});
        window.finished(id, OWNER, true);
    }

    private static boolean knows(DuplicateWindow window, String id) {
        var verdict = window.arrived(id, OWNER, () -> {});
        if (verdict == Verdict.NEW) {
            window.finished(id, OWNER, false);
        }
        return verdict == Verdict.SETTLED;
    }

    private static DuplicateWindow window(int size) {
        return DuplicateWindow.of(VERTX, "route-" + ROUTES.incrementAndGet(), size);
    }
}
