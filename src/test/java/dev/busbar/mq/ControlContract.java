package dev.busbar.mq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.busbar.hub.HubFixture;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The message queue as a verticle in another language has it: JSON over the event bus and nothing else. */
abstract class ControlContract extends HubFixture {

    private static final int BAD_REQUEST = 5101;

    private final String name = "n" + UUID.randomUUID().toString().substring(0, 8);
    private MessageQueue mq;
    private String control;

    ControlContract(BrokerUnderTest broker) {
        super(broker);
    }

    @BeforeEach
    void deploy() {
        deploy("10s", "{'attempts': 1}");
    }

    private void deploy(String timeout, String onFailure) {
        var config = config("{'grace': '0s', 'control': {'enabled': true, 'consumers': 3, 'timeout': '" + timeout
                + "'}, 'persistent': {'onFailure': " + onFailure + "}}");
        mq = done(MessageQueue.open(vertx, config));
        control = done(vertx.deployVerticle(new MessageQueueControl(mq, config)));
    }

    @AfterEach
    void close() {
        done(mq.close());
        foreign.deleteQueue("busbar.mq." + name + "@" + exchange);
        foreign.deleteQueue(exchange + ".dead-letter");
        foreign.deleteExchange(exchange + ".dead-letter");
    }

    private Future<JsonObject> ask(JsonObject request) {
        return vertx.eventBus().<JsonObject>request("busbar.mq", request).map(Message::body);
    }

    private static JsonObject action(String action) {
        return new JsonObject().put("action", action);
    }

    private JsonObject put(String key, Object body) {
        return done(ask(action("produce").put("key", key).put("body", body)));
    }

    private String start(String filter, String address, String persistent) {
        return done(ask(action("startConsuming")
                        .put("filter", filter)
                        .put("address", address)
                        .put("name", persistent)))
                .getString("consumer");
    }

    private boolean stop(String consumer) {
        return done(ask(action("stopConsuming").put("consumer", consumer))).getBoolean("stopped");
    }

    private MessageConsumer<Object> listener(String address, List<Object> got) {
        var consumer = vertx.eventBus().<Object>consumer(address, message -> {
            got.add(message.headers().get("amqp-routing-key") + " " + message.body());
            message.reply(null);
        });
        done(consumer.completion());
        return consumer;
    }

    private void refused(Object request, int code, String reason) {
        var failure =
                vertx.eventBus().request("busbar.mq", request).transform(it -> Future.succeededFuture(it.cause()));
        assertThat(done(failure)).isInstanceOfSatisfying(ReplyException.class, it -> {
            assertThat(it.getMessage()).contains(reason);
            assertThat(it.failureCode()).isEqualTo(code);
        });
    }

    @Test
    void whatIsConsumedComesToTheAddressUntilItIsStopped() {
        var got = new CopyOnWriteArrayList<Object>();
        listener("here", got);
        var consumer = start("builds.*.finished", "here", null);

        assertThat(put("builds.17.finished", new JsonObject().put("ok", true)))
                .isEqualTo(new JsonObject().put("confirmed", true));
        put("builds.17.started", 1);
        put("builds.18.finished", null);

        eventually(
                () -> assertThat(got).containsExactly("builds.17.finished {\"ok\":true}", "builds.18.finished null"));
        assertThat(stop(consumer)).isTrue();
        assertThat(stop(consumer)).isFalse();
        put("builds.19.finished", 1);
        assertThat(got).hasSize(2);
    }

    /** Where a bridge runs: it keeps from handlers what came too late for them. */
    @Test
    void aRequestThatWasGivenUpIsNotHandledLater() {
        done(vertx.undeploy(control));
        done(mq.close());
        deploy("100ms", "{'attempts': 1000, 'backoff': {'initial': '1ms', 'max': '1ms'}}");
        var bridge = done(vertx.deployVerticle(new BridgeVerticle(config("{}"))));
        var asked = new AtomicInteger();
        vertx.eventBus().addOutboundInterceptor(sending -> {
            if (sending.message().address().equals("here")) {
                asked.incrementAndGet();
            }
            sending.next();
        });
        var got = new CopyOnWriteArrayList<Object>();
        var consumer = listener("here", got);
        consumer.pause();
        start("a", "here", name);
        put("a", 1);
        eventually(() -> assertThat(asked).hasValueGreaterThan(3));

        consumer.resume();

        eventually(() -> assertThat(got).containsExactly("a 1"));
        put("a", 2);
        eventually(() -> assertThat(got).containsExactly("a 1", "a 2"));
        assertThat(BridgeStatus.of(vertx).lateRequests()).isGreaterThan(1);
        done(vertx.undeploy(bridge));
    }

    @Test
    void aBacklogThatFindsNobodyAtAllStaysInItsQueue() {
        var got = new CopyOnWriteArrayList<Object>();
        stop(start("a", "here", name));
        for (var i = 0; i < 20; i++) {
            put("a", i);
        }
        start("a", "here", name);
        listener("there", got);
        eventually(() -> assertThatCode(() -> start("a", "there", name))
                .as("once the consumer that found nobody has ended")
                .doesNotThrowAnyException());

        eventually(() -> assertThat(got).hasSize(20));
        assertThat(got).startsWith("a 0", "a 1").endsWith("a 19").doesNotHaveDuplicates();
    }

    @Test
    void workersUseItTooAndErrorsOfTheBrokersSideHaveTheirCodes() {
        var got = new CopyOnWriteArrayList<Object>();
        var worker = new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.eventBus()
                        .consumer("worker", message -> {
                            got.add(Context.isOnWorkerThread() + " " + message.body());
                            message.reply(null);
                        })
                        .completion()
                        .compose(ready ->
                                ask(action("startConsuming").put("filter", "#").put("address", "worker")))
                        .compose(live -> ask(action("produce")
                                .put("key", "a")
                                .put("body", "hi")
                                .put("headers", new JsonObject().put("n", 1))));
            }
        };
        done(vertx.deployVerticle(worker, new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));

        eventually(() -> assertThat(got).containsExactly("true hi"));
        refused(
                action("produce")
                        .put("key", "a")
                        .put("body", 1)
                        .put("headers", new JsonObject().put("amqp-priority", "x")),
                5005,
                "amqp-priority");
    }

    @Test
    void aNameKeepsWhatComesWhileNobodyIsThere() {
        var got = new CopyOnWriteArrayList<Object>();
        var listener = listener("here", got);
        start("a.*", "here", name);
        put("a.1", 1);
        eventually(() -> assertThat(got).containsExactly("a.1 1"));

        done(listener.unregister());
        put("a.2", 2);
        put("a.3", 3);
        // The consumer finds nobody, ends without giving up what it has, and the name is free for the next.
        listener("there", got);
        eventually(() -> start("a.*", "there", name));

        put("a.4", 4);
        eventually(() -> assertThat(got).containsExactly("a.1 1", "a.2 2", "a.3 3", "a.4 4"));
    }

    @Test
    void whoAsksAgainForANameAtTheSameAddressHasIt() {
        listener("here", new CopyOnWriteArrayList<>());
        var first = start("a", "here", name);

        assertThat(start("a", "here", name)).isEqualTo(first);
        refused(
                action("startConsuming")
                        .put("filter", "a")
                        .put("address", "there")
                        .put("name", name),
                5102,
                "is consumed on this node already");
    }

    @Test
    void namesAreListedAndRemoved() {
        var consumer = start("a", "here", name);
        assertThat(done(ask(action("persistentNames"))).getJsonArray("names")).contains(name);
        assertThat(done(ask(action("removePersistent").put("name", name))).getBoolean("removed"))
                .isFalse();

        stop(consumer);

        eventually(() -> assertThat(
                        done(ask(action("removePersistent").put("name", name))).getBoolean("removed"))
                .isTrue());
        assertThat(done(ask(action("persistentNames"))).getJsonArray("names")).doesNotContain(name);
        assertThat(foreign.queueExists("busbar.mq." + name + "@" + exchange)).isFalse();
    }

    @Test
    void whatIsBeingStartedAsItIsUndeployedDoesNotStay() {
        ask(action("startConsuming").put("filter", "a").put("address", "here").put("name", name));
        done(vertx.undeploy(control));

        eventually(() -> assertThat(mq.persistentNames()).contains(name));
        eventually(() -> assertThat(done(mq.removePersistent(name))).isTrue());
    }

    @Test
    void thereAreNoMoreConsumersThanPermitted() {
        var first = start("a", "here", null);
        start("b", "here", null);
        start("c", "here", null);

        refused(
                action("startConsuming").put("filter", "d").put("address", "here"),
                5103,
                "subscriptions.control.consumers");
        stop(first);
        start("d", "here", null);
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        refused("hello", BAD_REQUEST, "must be a JSON object");
        refused(new JsonArray(), BAD_REQUEST, "must be a JSON object");
        refused(new JsonObject(), BAD_REQUEST, "action: must be one of persistentNames, produce");
        refused(action("consume"), BAD_REQUEST, "action: must be one of");
        refused(action("produce").put("kye", "a"), BAD_REQUEST, "'kye' is unknown; produce takes body, headers, key");
        refused(action("produce").put("body", 1), BAD_REQUEST, "key: produce needs a text");
        refused(action("produce").put("key", "a.*").put("body", 1), BAD_REQUEST, "key: ");
        refused(action("produce").put("key", "a"), BAD_REQUEST, "body: is missing");
        refused(action("produce").put("key", "a").put("body", 1).put("headers", 1), BAD_REQUEST, "headers: must be");
        refused(action("startConsuming").put("filter", "a*").put("address", "x"), BAD_REQUEST, "filter: ");
        refused(action("startConsuming").put("filter", "a").put("address", 1), BAD_REQUEST, "address: ");
        refused(
                action("startConsuming").put("filter", "a").put("address", "x").put("name", "/"),
                BAD_REQUEST,
                "persistent name '/'");
        refused(action("removePersistent"), BAD_REQUEST, "name: ");
    }
}
