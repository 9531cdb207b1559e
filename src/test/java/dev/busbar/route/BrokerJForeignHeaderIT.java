package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RawHeaders;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broker-J passes all types on as they are, known or not, where RabbitMQ takes no message that it cannot read. */
class BrokerJForeignHeaderIT extends ForeignHeaderContract {

    BrokerJForeignHeaderIT() {
        super(EmbeddedBrokerJ.shared());
    }

    /** In hexadecimal digits: a type that nobody knows, a text longer than all headers, and a list of such a text. */
    @ParameterizedTest
    @CsvSource({"7a01, type 'z'", "5300000063, end before", "41000000055300000063, end before"})
    void whatCannotBeReadIsDeadLetteredAloneWithTheReason(String header, String reason) throws Exception {
        List<Object> handled = new CopyOnWriteArrayList<>();
        get(vertx.eventBus()
                .localConsumer("builds", message -> {
                    handled.add(message.body());
                    message.reply(null);
                })
                .completion());
        deploy(inbound());

        for (int i = 0; i < 3; i++) {
            RawHeaders.publish(
                    broker.uri091(), exchange, "builds.raw", HexFormat.of().parseHex(header));
        }
        publish("builds.good", MessageProperties.builder().contentType("application/json"), "2");

        eventually(() -> assertThat(handled).containsExactly(2));
        for (int i = 0; i < 3; i++) {
            var dead = take(exchange + ".dead-letter");
            assertThat(dead.header("x-busbar-reason")).asString().contains("were not read", reason);
            assertThat(dead.key()).isEqualTo("builds.raw");
            assertThat(dead.message().body()).isEqualTo(Buffer.buffer("1"));
        }
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
        assertThat(count("in", RouteEvent.DEAD_LETTERED)).isEqualTo(3);
    }
}
