package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.Await;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** Binds and unbinds filters in random order, while connections come and go. */
class BindingsRunsTest {

    private static final Vertx VERTX = Vertx.vertx();

    @AfterContainer
    static void close() {
        Await.done(VERTX.close());
    }

    /**
     * Runs random steps. Each number is one of them: one of four filters bound or unbound, the broker's turn, or a lost
     * connection.
     */
    @Property(tries = 500)
    void whateverHappensTheBrokerHasInTheEndWhatIsWanted(
            @ForAll @Size(max = 40) List<@IntRange(max = 10) Integer> steps) {
        var broker = new ArrangedWire();
        var changing = new Bindings(((VertxInternal) VERTX).createEventLoopContext(), "s", List.of(), broker);
        var wanted = new HashSet<String>();
        var asked = new ArrayList<Future<Void>>();
        broker.connect(changing);
        for (var step : steps) {
            var name = "f" + step % 4;
            if (step < 4) {
                wanted.add(name);
                asked.add(changing.bind(TopicFilter.parse(name)));
            } else if (step < 8) {
                // A hub unbinds only what it has bound.
                if (wanted.remove(name)) {
                    asked.add(changing.unbind(TopicFilter.parse(name)));
                }
            } else if (step < 10) {
                broker.make();
            } else {
                changing.disconnected();
                broker.connect(changing);
            }
        }
        while (broker.make()) {
            assertThat(broker.last()).isNotEmpty();
        }

        assertThat(broker.bound).isEqualTo(new TreeSet<>(wanted));
        assertThat(changing.declared()).extracting(TopicFilter::toString).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(asked).allMatch(it -> Await.done(it.transform(done -> Future.succeededFuture(true))));
    }
}
