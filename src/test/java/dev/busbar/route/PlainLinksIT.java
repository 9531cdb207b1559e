package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A peer that passes no message on by its own address, so that each address takes a link: the plugin of RabbitMQ 3,
 * which has the addresses {@code /exchange/NAME/KEY}.
 */
@ExtendWith(RabbitExtension.class)
@OnRabbit(RabbitRelease.V3)
class PlainLinksIT extends RouteFixture {

    private static final int ADDRESSES = 250;
    private static final int ROUNDS = 3;

    private final RabbitNode node;

    PlainLinksIT(RabbitNode node) {
        super(new RabbitMq(node));
        this.node = node;
    }

    private JsonObject plain(String prefix) {
        var config = config(json("{'name': 'out', 'from': {'address': 'out'}, 'to': {'exchange': '" + prefix
                + "', 'key': '{key}'}, 'timeout': '20s'}"));
        config.getJsonObject("broker").put("uri", RabbitMq10.at(node).uriText()).put("dialect", "plain");
        return config;
    }

    private Future<?> send(String key, int n) {
        return vertx.eventBus().request("out", new JsonObject().put("key", key).put("n", n));
    }

    @Test
    void messagesToMoreAddressesThanThereAreLinksArriveOnceAndInOrder() {
        foreign.declareExchange(exchange, "topic");
        var queue = bound("#");
        deploy(plain("/exchange/" + exchange + "/"), 1);

        for (var round = 0; round < ROUNDS; round++) {
            var n = round;
            get(Future.all(IntStream.range(0, ADDRESSES)
                    .mapToObj(key -> send("k" + key, n))
                    .toList()));
        }

        assertThat(count("out", RouteEvent.CONFIRMED)).isEqualTo(ADDRESSES * ROUNDS);
        var taken = new ArrayList<String>();
        for (var message = foreign.get(queue); message != null; message = foreign.get(queue)) {
            taken.add(message.key() + " " + new JsonObject(message.text()).getInteger("n"));
        }
        assertThat(taken).hasSize(ADDRESSES * ROUNDS).doesNotHaveDuplicates();
        assertThat(taken.stream().filter(it -> it.startsWith("k7 "))).containsExactly("k7 0", "k7 1", "k7 2");
        assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.READY);
    }

    @Test
    void anAddressThatIsMissingFailsItsMessages() {
        deploy(plain("/exchange/"), 1);
        assertThatThrownBy(() -> get(send(exchange + "-missing/k", 1))).hasMessageContaining("route 'out'");
    }
}
