package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.delivery.SendFailure;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.EmbeddedArtemis;
import dev.busbar.testing.broker.Artemis;
import dev.busbar.testing.broker.Await;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An Artemis that takes no messages, or closes a link, for reasons of its own: routes say why, and go on after it. */
class ArtemisObstacleIT extends RouteFixture {

    private static final String BODY = "x".repeat(8_000);

    private static EmbeddedArtemis own;

    ArtemisObstacleIT() {
        super(new Artemis(own.uri()));
    }

    @BeforeAll
    static void start() {
        own = EmbeddedArtemis.inMemory();
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    private static final JsonObject OUT =
            json("{'name': 'out', 'from': {'address': 'o'}, 'to': {'key': 'k'}, 'timeout': '2s'}");

    /** An exchange that has room for two messages or three, and a queue that gets them. */
    private String narrow(AddressFullMessagePolicy policy) {
        own.server()
                .getAddressSettingsRepository()
                .addMatch(
                        exchange, new AddressSettings().setMaxSizeBytes(20_000).setAddressFullMessagePolicy(policy));
        foreign.declareExchange(exchange, "topic");
        foreign.declareQueue(exchange + "-q");
        foreign.bind(exchange + "-q", exchange, "#");
        return exchange + "-q";
    }

    private Future<Message<Object>> send() {
        return vertx.eventBus().request("o", BODY);
    }

    private ReplyException failure() {
        var failure = org.assertj.core.api.Assertions.catchThrowable(() -> {
            for (var i = 0; i < 20; i++) {
                get(send());
            }
        });
        assertThat(failure).isInstanceOf(ReplyException.class);
        return (ReplyException) failure;
    }

    private void empty(String queue) {
        while (foreign.get(queue) != null) {
            assertThat(foreign.queueExists(queue)).isTrue();
        }
    }

    @Test
    void whatItRejectsIsRefusedToTheSender() {
        var queue = narrow(AddressFullMessagePolicy.FAIL);
        deploy(OUT);

        var failure = failure();

        assertThat(failure.failureCode()).isEqualTo(SendFailure.REFUSED.code());
        assertThat(failure).hasMessageContaining("full");
        empty(queue);
        eventually(() -> assertThat(status("out").condition()).isEqualTo(Condition.READY));
        get(send());
    }

    @Test
    void whileItGrantsNoCreditSendersTimeOutWithTheReasonUntilThereIsRoom() {
        var queue = narrow(AddressFullMessagePolicy.BLOCK);
        for (var i = 0; i < 3; i++) {
            foreign.publish(List.of(new BridgeMessage(
                    exchange,
                    "k",
                    MessageProperties.builder().contentType("application/json").build(),
                    Buffer.buffer(BODY))));
        }
        deploy(OUT);

        eventually(() -> assertThat(status("out").condition()).isEqualTo(Condition.DEGRADED));
        assertThat(status("out").detail()).contains("takes no publications").contains("credit");
        var failure = failure();

        assertThat(failure.failureCode()).isEqualTo(SendFailure.TIMED_OUT.code());
        assertThat(failure).hasMessageContaining("grants no credit").hasMessageContaining("it was not sent");
        empty(queue);
        eventually(() -> assertThat(status("out").condition()).isEqualTo(Condition.READY));
        get(send());
    }

    @Test
    void aConsumerClosedByManagementComesBack() throws Exception {
        var received = new CopyOnWriteArrayList<Object>();
        Await.done(vertx.eventBus()
                .localConsumer("i", message -> {
                    received.add(message.body());
                    message.reply(null);
                })
                .completion());
        var queue = exchange + "-in";
        deploy(json("{'name': 'in', 'from': {'filter': '#', 'queue': {'name': '" + queue
                + "', 'life': 'persistent'}}, 'to': {'address': 'i', 'delivery': 'request'}}"));

        for (var session : own.server().getSessions()) {
            for (var consumer : session.getServerConsumers()) {
                if (consumer.getQueue().getName().toString().equals(queue)) {
                    assertThat(own.server()
                                    .getActiveMQServerControl()
                                    .closeConsumerWithID(session.getName(), Long.toString(consumer.sequentialID())))
                            .isTrue();
                }
            }
        }
        publish("k", "{\"a\":1}");

        eventually(() -> assertThat(received).containsExactly(new JsonObject().put("a", 1)));
        eventually(() -> assertThat(status("in").condition()).isEqualTo(Condition.READY));
    }
}
