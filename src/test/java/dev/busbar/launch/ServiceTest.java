package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.broker.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceTest {

    private static final JsonObject NAMES = new JsonObject().put("action", "persistentNames");

    private final Vertx vertx = Vertx.vertx();
    private Service service;

    @AfterEach
    void end() {
        Await.done(service.stop());
        Await.done(vertx.close());
    }

    private void start(String subscriptions) {
        var config = ConfigLoader.parse(
                        "{broker: {embedded: {port: 0}}, management: {enabled: false}, web: {enabled: false},"
                                + " subscriptions: " + subscriptions + "}",
                        "test")
                .orThrow();
        service = new Service(vertx, config);
        Await.done(service.start(1, () -> {}, null));
    }

    @Test
    void theMessageQueueAnswersOnTheEventBusWhereItIsEnabled() {
        start("{control: {enabled: true}}");

        var answer = Await.done(vertx.eventBus().<JsonObject>request("busbar.mq", NAMES));
        assertThat(answer.body().getJsonArray("names")).isEmpty();
    }

    @Test
    void stoppedWhileTheEmbeddedBrokerStartsItEndsThatFirst() {
        List<Throwable> unhandled = new CopyOnWriteArrayList<>();
        vertx.exceptionHandler(unhandled::add);
        var config = ConfigLoader.parse("{broker: {embedded: {port: 0}}, management: {port: 0}}", "test")
                .orThrow();
        service = new Service(vertx, config);
        var starting = service.start(1, () -> {}, null);

        Await.done(service.stop());

        assertThat(starting.isComplete()).isTrue();
        assertThat(starting.cause()).hasMessage("stopped before everything was up");
        assertThat(vertx.deploymentIDs()).isEmpty();
        Await.done(vertx.close());
        assertThat(unhandled).isEmpty();
    }

    @Test
    void nobodyAnswersThereOtherwise() {
        start("{}");

        var failure = Await.done(
                vertx.eventBus().request("busbar.mq", NAMES).transform(it -> Future.succeededFuture(it.cause())));
        assertThat(failure)
                .isInstanceOfSatisfying(
                        ReplyException.class, it -> assertThat(it.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS));
    }
}
