package dev.busbar.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PropertiesBuilder;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.FailureAction;
import dev.busbar.delivery.RestoredDelivery;
import dev.busbar.testing.broker.SampleDelivery;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequeueTargetTest {

    private static final DeadLetterQueue DEAD = new DeadLetterQueue(
            Topology.of(new ExchangeConfig("ex.dead-letter", "topic", true, Map.of())),
            FailureAction.DEAD_LETTER,
            null,
            List.of("r"));

    private static BridgeMessage dead(PropertiesBuilder properties) {
        var moved = properties
                .header("x-busbar-exchange", "ex")
                .header("x-busbar-routing-key", "a.b")
                .header("x-busbar-reason", "no disk")
                .header("x-own", 1);
        return new BridgeMessage("ex.dead-letter", "a.b", moved.build(), Buffer.buffer("x"));
    }

    @Test
    void whatHasLostItsHeadersStays() {
        var back = RequeueTarget.of(
                dead(MessageProperties.builder()
                        .contentType("application/json")
                        .header("x-busbar-unwritten", "too large")),
                DEAD,
                "guest");

        assertThat(back.message()).isNull();
        assertThat(back.problem()).contains("too large");
    }

    @Test
    void whatWasSetAsideIsPutBackAndTheHeadersGo() {
        var back = RequeueTarget.of(
                        dead(MessageProperties.builder()
                                .contentType("application/json")
                                .messageId("17")
                                .header("x-busbar-expiration", "60000")
                                .header("x-busbar-user-id", "guest")
                                .header("x-busbar-requeues", 2)),
                        DEAD,
                        "guest")
                .message();

        assertThat(back.exchange()).isEqualTo("ex");
        assertThat(back.routingKey()).isEqualTo("a.b");
        assertThat(back.properties().messageId()).isEqualTo("17");
        assertThat(back.properties().expiration()).isEqualTo("60000");
        assertThat(back.properties().userId()).isEqualTo("guest");
        assertThat(back.properties().headers())
                .containsOnlyKeys("x-own", "x-busbar-requeues")
                .containsEntry("x-busbar-requeues", 3);
    }

    /** They say how the message is to be read, and are as much its own as any. */
    @Test
    void headersOfTheBridgeThatDoNotTellOfTheMoveStay() {
        var dead = dead(MessageProperties.builder()
                .contentType("application/json")
                .header("x-busbar-timestamp", Long.MAX_VALUE)
                .header("x-busbar-wamp-arguments", "true")
                .header("x-busbar-wamp-excluded", "7"));
        var own = new String[] {"x-own", "x-busbar-timestamp", "x-busbar-wamp-arguments", "x-busbar-wamp-excluded"};

        assertThat(RequeueTarget.of(dead, DEAD, "guest").message().properties().headers())
                .containsKeys(own)
                .hasSize(own.length + 1);
        assertThat(DeadMessage.of(SampleDelivery.of(dead))
                        .message()
                        .properties()
                        .headers())
                .containsOnlyKeys(own);
        var waited = new LinkedHashMap<>(dead.properties().headers());
        waited.put("x-busbar-failures", 1);
        var back = new BridgeMessage("", "q", dead.properties().withHeaders(waited), Buffer.buffer("x"));
        assertThat(RestoredDelivery.of(SampleDelivery.of(back))
                        .message()
                        .properties()
                        .headers())
                .containsOnlyKeys(own);
    }

    /** The broker would close the channel over it. */
    @Test
    void theUserIdOfAnotherStaysAHeader() {
        var back = RequeueTarget.of(
                        dead(MessageProperties.builder()
                                .contentType("application/json")
                                .header("x-busbar-user-id", "ada")),
                        DEAD,
                        "guest")
                .message();

        assertThat(back.properties().userId()).isNull();
        assertThat(back.properties().headers()).containsEntry("x-busbar-user-id", "ada");
    }
}
