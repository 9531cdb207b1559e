package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CC",
                "BCC",
                "x-cc",
                "x-delay",
                "x-death",
                "x-first-death-queue",
                "x-last-death-reason",
                "x-delivery-count",
                "x-deliver-at",
                "x-acquired-count",
                "x-opt-delivery-time",
                "x-opt-routing-type",
                "x-received-from",
                "x-deduplication-header",
                "x-qpid-not-valid-before",
                "_AMQ_DUPL_ID",
                "_AMQ_SCHED_DELIVERY",
                "_AMQ_ROUTE_TO5",
                "_AMQ_ORIG_ADDRESS"
            })
    void areSetAsideAndRestored(String name) {
        var headers = Map.<String, Object>of(name, List.of("a"), "x-own", 1);

        var aside = RoutingHeaders.setAside(headers);

        assertThat(aside).containsOnlyKeys("x-busbar-original-" + name, "x-own");
        assertThat(RoutingHeaders.setAside(aside)).isSameAs(aside);
        assertThat(RoutingHeaders.restored(aside)).isEqualTo(headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cc", "x-own", "x-priority", "_AMQ_GROUP_ID", "delay", "x-busbar-reason", "x-stream"})
    void othersAreLeftAlone(String name) {
        var headers = Map.<String, Object>of(name, 1, "x-busbar-original-" + name, 2);

        assertThat(RoutingHeaders.setAside(headers)).isSameAs(headers);
        assertThat(RoutingHeaders.restored(headers)).isSameAs(headers);
    }

    @Test
    void whatTheBrokerSaysNowGoesBeforeWhatItSaidOnce() {
        var headers = Map.<String, Object>of("x-delivery-count", 2, "x-busbar-original-x-delivery-count", 19);

        assertThat(RoutingHeaders.restored(headers)).isEqualTo(Map.of("x-delivery-count", 2));
        assertThat(RoutingHeaders.setAside(headers)).containsEntry("x-busbar-original-x-delivery-count", 2);
    }

    /** AMQP 0-9-1 could not write the name, and the message could never be moved. */
    @Test
    void oneWhoseNameWouldBecomeTooLongIsLeftOut() {
        var headers = Map.<String, Object>of("x-opt-" + "n".repeat(249), 1, "x-opt-" + "n".repeat(231), 2);

        assertThat(RoutingHeaders.setAside(headers).keySet())
                .singleElement()
                .satisfies(name -> assertThat(name).hasSize(255));
    }

    @Test
    void thoseOfAReceivedMessageAreNotSentAgain() {
        var message =
                Messages.of("text/plain", null, Map.of("CC", List.of("a"), "x-delay", 5, "x-own", 1), Buffer.buffer());
        MultiMap received = BusHeaders.toBus(message, false, 1);

        assertThat(received.names()).contains("CC", "x-delay", "x-own");
        assertThat(BusHeaders.fromBus(received, null, "id", true).headers()).isEqualTo(Map.of("x-own", 1));
        received.remove(BusHeaders.REDELIVERED);
        assertThat(BusHeaders.fromBus(received, null, "id", true).headers())
                .isEqualTo(Map.of("CC", List.of("a"), "x-delay", 5, "x-own", 1));
    }
}
