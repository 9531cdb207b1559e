package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedConcurrencyTest {

    private final List<Promise<Void>> begun = new ArrayList<>();

    private Future<Void> each(int things) {
        return BoundedConcurrency.each(IntStream.range(0, things).boxed().toList(), thing -> {
            begun.add(Promise.promise());
            return begun.get(begun.size() - 1).future();
        });
    }

    @Test
    void aFewAtATimeUntilAllAreDone() {
        var all = each(20);
        assertThat(begun).hasSize(8);
        for (var done = 0; done < 20; done++) {
            assertThat(all.isComplete()).isFalse();
            begun.get(done).complete();
        }
        assertThat(begun).hasSize(20);
        assertThat(all.succeeded()).isTrue();
    }

    @Test
    void afterAFailureNothingIsBegunAndWhatIsUnderWayIsWaitedFor() {
        var all = each(20);
        begun.get(3).fail("no");
        for (var other : List.of(0, 1, 2, 4, 5, 6)) {
            begun.get(other).complete();
        }
        assertThat(all.isComplete()).isFalse();
        begun.get(7).complete();
        assertThat(begun).hasSize(8);
        assertThat(all.cause()).hasMessage("no");
    }

    @Test
    void nothingIsDoneAtOnce() {
        assertThat(each(0).succeeded()).isTrue();
    }
}
