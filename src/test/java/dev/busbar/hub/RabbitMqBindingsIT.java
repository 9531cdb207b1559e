package dev.busbar.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** The bindings of a hub as the broker itself lists them. */
@ExtendWith(RabbitExtension.class)
class RabbitMqBindingsIT extends HubFixture {

    private static final int FILTERS = Soak.pick(2_000, 10_000);

    private final RabbitNode node;

    RabbitMqBindingsIT(@PrivateNode RabbitNode node) {
        super(new RabbitMq(node));
        this.node = node;
    }

    private List<String> bound() {
        return node.ctl("list_bindings", "source_name", "routing_key")
                .lines()
                .map(line -> line.split("\t"))
                .filter(columns -> columns.length == 2 && columns[0].equals(exchange))
                .map(columns -> columns[1])
                .sorted()
                .toList();
    }

    @Test
    void thereIsOneForEachFilterUntilItsLastListenerHasGone() {
        open();
        var listening = new ArrayList<Listening>();
        for (var i = 0; i < 3; i++) {
            for (var filter : List.of("a.*", "b.#", "c")) {
                listening.add(done(hub.listen(filter(filter), 0, message -> {})));
            }
        }
        assertThat(bound()).containsExactly("a.*", "b.#", "c");

        for (var i = 0; i < 7; i++) {
            done(listening.get(i).stop());
        }
        eventually(() -> assertThat(bound()).containsExactly("b.#", "c"));

        done(listening.get(7).stop());
        done(listening.get(8).stop());
        eventually(() -> assertThat(bound()).isEmpty());
    }

    @Slow
    @Test
    void thousandsComeBackAfterALostConnection() {
        open();
        var received = Collections.synchronizedList(new ArrayList<Object>());
        done(Future.join(IntStream.range(0, FILTERS)
                .mapToObj(i -> hub.listen(filter("f." + i + ".*"), 0, message -> received.add(message.body())))
                .toList()));

        var lost = System.nanoTime();
        node.closeAllConnections();
        eventually(() -> assertThat(hub.status().interruptions()).isPositive());
        eventually(() -> assertThat(hub.status().consuming()).isTrue());
        LoggerFactory.getLogger(getClass()).info("back after {} ms", (System.nanoTime() - lost) / 1_000_000);

        assertThat(bound()).hasSize(FILTERS).doesNotHaveDuplicates();
        done(Future.join(IntStream.range(0, 100)
                .mapToObj(i -> produce("f." + i * (FILTERS / 100) + ".x", i))
                .toList()));
        eventually(() -> assertThat(received).hasSize(100));
        foreign = broker.admin();
    }
}
