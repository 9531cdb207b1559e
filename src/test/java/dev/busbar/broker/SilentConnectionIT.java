package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.LoadedConfig;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.CuttableProxy;
import dev.busbar.testing.broker.NetworkFault;
import dev.busbar.testing.broker.NetworkFault.Kind;
import dev.busbar.testing.broker.NetworkFault.Way;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests a connection over which the broker answers nothing any more, although the connection does not end. A broker
 * behaves so if its process for the connection hangs and its process for heartbeats does not.
 */
@Slow
@ExtendWith(RabbitExtension.class)
@Timeout(180)
class SilentConnectionIT {

    private static final String NAME = "silent-" + new MessageIds().next();

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        done(vertx.close());
    }

    /** Tests both protocols at the same time, as it takes a while. */
    @Test
    void anotherOneIsMadeWhenNothingIsAnsweredForLong(@PrivateNode RabbitNode node) {
        var exchange = new ExchangeConfig(NAME, "topic", true, Map.of());
        var spec = new PublisherSpec("test", List.of(Topology.of(exchange)));
        try (var proxy = new CuttableProxy("127.0.0.1", node.port())) {
            var clients = Stream.of("amqp", "amqp10")
                    .map(scheme -> client(scheme, proxy.port()))
                    .toList();
            clients.get(0).publisher(exchange);
            proxy.strike(new NetworkFault(
                    Way.TO_BROKER, 0, 0, Kind.STALL, Set.of(Way.TO_BROKER, Way.TO_CLIENT), Duration.ofMinutes(10)));

            var begun = clients.stream()
                    .map(client -> client.later(() -> client.connection.publisher(spec)))
                    .toList();

            for (var i = 0; i < clients.size(); i++) {
                var message = new BridgeMessage(
                        NAME,
                        "k",
                        MessageProperties.builder()
                                .contentType("application/json")
                                .build(),
                        Buffer.buffer("{}"));
                assertThat(clients.get(i).publish(done(begun.get(i)), message))
                        .isInstanceOf(PublishOutcome.Confirmed.class);
            }
            assertThat(proxy.accepted()).isGreaterThanOrEqualTo(4);
            clients.forEach(Client::close);
        }
    }

    private Client client(String scheme, int port) {
        var loaded = (LoadedConfig.Valid) ConfigLoader.parse(
                "broker: {uri: \"" + scheme + "://guest:guest@127.0.0.1:" + port + "/%2F\", heartbeat: 60s}", "test");
        return new Client(vertx, loaded.config().broker(), scheme, UnaryOperator.identity()).connect();
    }
}
