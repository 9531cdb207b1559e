package dev.busbar.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.ArtemisHere;
import io.vertx.core.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Repeats
class ArtemisHubIT extends HubContract {
    ArtemisHubIT() {
        super(ArtemisHere.shared());
    }

    /** All of them are one selector of the queue. */
    @Override
    int manyFilters() {
        return 1_000;
    }

    @Test
    void moreFiltersThanASelectorTakesAreRefusedAndTheOthersStay() {
        open();
        var before = listen("before.*");
        var asked = IntStream.range(0, 3_000)
                .mapToObj(i -> hub.listen(filter("f." + i + ".*"), 0, message -> {}))
                .toList();
        done(Future.join(asked).otherwiseEmpty());

        assertThat(asked.get(0).succeeded()).isTrue();
        assertThat(asked.get(2_999).cause()).hasMessageContaining("'f.2999.*'").hasMessageContaining("fewer filters");
        done(produce("before.x", "still here"));
        eventually(() -> assertThat(before.bodies).containsExactly("still here"));
    }
}
