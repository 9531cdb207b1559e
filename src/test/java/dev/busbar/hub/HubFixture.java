package dev.busbar.hub;

import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A hub on a real broker, with an exchange of its own. */
@Timeout(240)
public abstract class HubFixture {

    protected final BrokerUnderTest broker;
    protected final String exchange = "hub-" + UUID.randomUUID().toString().substring(0, 8);
    protected Vertx vertx;
    protected Hub hub;
    protected Admin foreign;

    protected HubFixture(BrokerUnderTest broker) {
        this.broker = broker;
    }

    @BeforeEach
    void begin() {
        vertx = Vertx.vertx();
        foreign = broker.admin();
    }

    @AfterEach
    void end() {
        if (hub != null) {
            done(hub.close());
        }
        foreign.deleteExchange(exchange);
        foreign.close();
        done(vertx.close());
    }

    protected BusbarConfig config(String subscriptions) {
        return ConfigLoader.fromJson(new JsonObject()
                .put(
                        "broker",
                        new JsonObject()
                                .put("uri", broker.uriText())
                                .put("startTimeout", "10s")
                                .put(
                                        "reconnect",
                                        new JsonObject().put("initial", "50ms").put("max", "500ms")))
                .put("exchange", new JsonObject().put("name", exchange))
                .put("subscriptions", new JsonObject(subscriptions.replace('\'', '"'))));
    }

    protected void open() {
        open("{'grace': '100ms'}");
    }

    protected void open(String subscriptions) {
        hub = done(Hub.open(vertx, config(subscriptions)));
    }

    protected static <T> T done(Future<T> future) {
        return Await.done(future);
    }

    protected static void eventually(ThrowingRunnable assertion) {
        Await.eventually(assertion);
    }

    protected static TopicFilter filter(String dotted) {
        return TopicFilter.parse(dotted);
    }

    protected Future<Void> produce(String key, Object body) {
        return hub.produce(RoutingKey.parse(key), body, MultiMap.caseInsensitiveMultiMap());
    }

    /** Remembers the bodies it gets. */
    protected static final class Inbox implements Listener {
        public final List<Object> bodies = new CopyOnWriteArrayList<>();
        public final List<String> interruptions = new CopyOnWriteArrayList<>();

        @Override
        public void received(HubMessage message) {
            bodies.add(message.body());
        }

        @Override
        public void interrupted(String reason) {
            interruptions.add(reason);
        }
    }

    protected Inbox listen(String filter) {
        var inbox = new Inbox();
        done(hub.listen(filter(filter), 0, inbox));
        return inbox;
    }
}
