package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.ReconnectConfig;
import dev.busbar.config.Secret;
import dev.busbar.config.TlsConfig;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Tests what every transport does with every broker, in parts: each {@code …Contract} of this package. A broker's test
 * class nests a subclass of each, which only says which broker it is.
 */
@Timeout(240)
public abstract class BrokerContract {

    private static final MessageIds IDS = new MessageIds();

    protected final BrokerUnderTest broker;
    protected final String exchangeName = "contract-" + IDS.next();
    protected final String queueName = "contract-" + IDS.next();
    protected final ExchangeConfig exchange = new ExchangeConfig(exchangeName, "topic", true, Map.of());
    protected Vertx vertx;
    protected Admin admin;
    private final List<Client> clients = new ArrayList<>();

    protected BrokerContract(BrokerUnderTest broker) {
        this.broker = broker;
    }

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        admin = broker.admin();
    }

    @AfterEach
    void close() {
        clients.forEach(Client::close);
        quietly(() -> admin.deleteQueue(queueName));
        quietly(() -> admin.deleteExchange(exchangeName));
        admin.close();
        done(vertx.close());
    }

    private static void quietly(Runnable removal) {
        try {
            removal.run();
        } catch (RuntimeException e) {
            // The broker removes it already, with the connection that held it.
        }
    }

    protected BrokerConfig config(BrokerUri... uris) {
        return config(Duration.ofSeconds(20), uris);
    }

    protected BrokerConfig config(Duration startTimeout, BrokerUri... uris) {
        return config(startTimeout, Duration.ofSeconds(1), Duration.ofSeconds(2), uris);
    }

    protected BrokerConfig withHeartbeat(Duration heartbeat, BrokerUri... uris) {
        return config(Duration.ofSeconds(20), heartbeat, Duration.ofSeconds(2), uris);
    }

    protected BrokerConfig withConnectTimeout(Duration connectTimeout, BrokerUri... uris) {
        return config(Duration.ofMinutes(5), Duration.ofSeconds(60), connectTimeout, uris);
    }

    private static BrokerConfig config(
            Duration startTimeout, Duration heartbeat, Duration connectTimeout, BrokerUri... uris) {
        return BrokerConfig.builder()
                .uris(Arrays.asList(uris))
                .embedded(new EmbeddedConfig("127.0.0.1", 0, "memory", "guest", new Secret("guest")))
                .tls(new TlsConfig(null, null, null, true))
                .heartbeat(heartbeat)
                .connectTimeout(connectTimeout)
                .startTimeout(startTimeout)
                .reconnect(new ReconnectConfig(Duration.ofMillis(50), Duration.ofMillis(500)))
                .maxMessageBytes(64 << 20)
                .build();
    }

    /** Returns the broker's URI with another port, e.g. that of a proxy. */
    protected BrokerUri at(int port) {
        var uri = broker.uri();
        return new BrokerUri(uri.scheme(), "127.0.0.1", port, uri.user(), uri.password(), uri.virtualHost());
    }

    /** Returns a client that is not connected yet, and is closed after the test. */
    protected Client client(BrokerConfig config) {
        var client = new Client(vertx, config, "contract", broker::arranged);
        clients.add(client);
        return client;
    }

    protected Client connected() {
        return client(config(broker.uri())).connect();
    }

    protected QueueConfig persistent() {
        return queue(queueName, QueueLife.PERSISTENT);
    }

    protected static QueueConfig queue(String name, QueueLife life) {
        return new QueueConfig(name, life, QueueType.CLASSIC, Map.of());
    }

    /** Returns a transient queue that the broker names. */
    protected static QueueConfig fleeting() {
        return queue(null, QueueLife.TRANSIENT);
    }

    protected BridgeMessage message(String key, String body) {
        return message(key, Buffer.buffer(body), Map.of());
    }

    protected BridgeMessage message(String key, Buffer body, Map<String, Object> headers) {
        var properties = MessageProperties.builder()
                .messageId(IDS.next())
                .contentType("text/plain")
                .persistent(true)
                .headers(headers)
                .build();
        return new BridgeMessage(exchangeName, key, properties, body);
    }
}
