package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

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
            window.settled("id-" + id);
            if (!model.contains(id)) {
                model.add(id);
            }
            if (model.size() > size) {
                model.remove(0);
            }

            for (var any = 0; any < 10; any++) {
                assertThat(window.contains("id-" + any)).isEqualTo(model.contains(any));
            }
        }
    }

    @Example
    void withoutAnIdNothingIsADuplicate() {
        var window = window(3);
        window.settled(null);

        assertThat(window.contains(null)).isFalse();
    }

    @Example
    void ofSizeZeroRemembersNothing() {
        var window = window(0);
        window.settled("id");

        assertThat(window.contains("id")).isFalse();
    }

    @Example
    void isSharedByTheInstancesOfARouteAndByNoOther() {
        var first = DuplicateWindow.of(VERTX, "shared", 3);
        first.settled("id");

        assertThat(DuplicateWindow.of(VERTX, "shared", 3).contains("id")).isTrue();
        assertThat(DuplicateWindow.of(VERTX, "another", 3).contains("id")).isFalse();
    }

    @Example
    void isAnotherWhenTheRouteComesBackWithAnotherSize() {
        DuplicateWindow.of(VERTX, "resized", 3).settled("id");

        assertThat(DuplicateWindow.of(VERTX, "resized", 4).contains("id")).isFalse();
    }

    private static DuplicateWindow window(int size) {
        return DuplicateWindow.of(VERTX, "route-" + ROUTES.incrementAndGet(), size);
    }
}
