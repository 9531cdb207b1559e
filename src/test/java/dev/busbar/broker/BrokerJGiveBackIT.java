package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.LoadedConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Takes messages from a queue of Broker-J without settling them, and tests what closing gives back, as Broker-J sees
 * it.
 */
class BrokerJGiveBackIT {

    private static final ExchangeConfig EXCHANGE = new ExchangeConfig("", "direct", true, Map.of());

    private final Vertx vertx = Vertx.vertx();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            complaints.add(event.getFormattedMessage());
        }
    };
    private final Logger logger = (Logger) LoggerFactory.getLogger("org.apache.qpid.server.protocol");
    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        log.start();
        logger.addAppender(log);
        broker = done(EmbeddedBroker.start(
                vertx, new EmbeddedConfig("127.0.0.1", 0, "memory", "guest", new Secret("guest"))));
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        done(broker.stop());
        done(vertx.close());
    }

    /**
     * Shows that each message is given back by itself: Broker-J requeues one message for each {@code basic.nack}, and
     * logs a complaint about the others.
     */
    @ParameterizedTest
    @ValueSource(strings = {"amqp", "amqp10"})
    void isAllOfItAndNothingElse(String scheme) {
        var loaded = (LoadedConfig.Valid)
                ConfigLoader.parse("broker: {uri: " + scheme + "://127.0.0.1:" + broker.port() + "/default}", "test");
        var client = new Client(vertx, loaded.config().broker(), scheme, UnaryOperator.identity()).connect();
        var queue = new QueueConfig("dead", QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of());
        var topology = new Topology(EXCHANGE, queue, List.of());
        var publisher = client.on(() -> client.connection.publisher(new PublisherSpec("test", List.of(topology))));
        for (var text : List.of("a", "b", "c")) {
            client.publish(
                    publisher,
                    new BridgeMessage(
                            "",
                            "dead",
                            MessageProperties.builder()
                                    .contentType("application/json")
                                    .build(),
                            Buffer.buffer(text)));
        }

        for (var look = 0; look < 2; look++) {
            var fetcher = client.on(() -> client.connection.fetcher(topology));
            for (var text : List.of("a", "b", "c")) {
                assertThat(client.on(fetcher::next).message().body().toString()).isEqualTo(text);
            }
            client.on(fetcher::close);
            eventually(() -> assertThat(
                            client.on(() -> client.connection.depth("dead")).messages())
                    .isEqualTo(3));
        }

        assertThat(complaints).noneMatch(line -> line.contains("delivery tag"));
        client.close();
    }
}
