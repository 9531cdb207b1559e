package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.RabbitMq;
import dev.busbar.testing.broker.RabbitMq10;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers to whoever asks with RabbitMQ's direct reply-to, over AMQP 0-9-1. */
class DirectReplyToIT {

    @Nested
    @ExtendWith(RabbitExtension.class)
    class Over091 extends Cases {

        private static RabbitNode node;

        @BeforeAll
        static void take(RabbitNode shared) {
            node = shared;
        }

        Over091() {
            super(new RabbitMq(node));
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    @OnRabbit(RabbitRelease.V4)
    class Over10 extends Cases {

        private static RabbitNode node;

        @BeforeAll
        static void take(RabbitNode shared) {
            node = shared;
        }

        Over10() {
            super(RabbitMq10.at(node));
        }
    }

    @Nested
    @Repeats
    @ExtendWith(RabbitExtension.class)
    @OnRabbit(RabbitRelease.V3)
    class Over10OnRabbitMq3 extends Cases {

        private static RabbitNode node;

        @BeforeAll
        static void take(RabbitNode shared) {
            node = shared;
        }

        Over10OnRabbitMq3() {
            super(RabbitMq10.at(node));
        }
    }

    abstract static class Cases extends RouteFixture {

        private static final int REQUESTS = 20;
        private static final String DIRECT = "amq.rabbitmq.reply-to";

        Cases(BrokerUnderTest broker) {
            super(broker);
        }

        private void serve() {
            vertx.eventBus()
                    .<JsonObject>localConsumer(
                            "twice",
                            message -> message.reply(
                                    new JsonObject().put("n", message.body().getInteger("n") * 2)));
            deploy(json("{'name': 'in', 'from': {'filter': 'q.#', 'queue': {'name': '" + exchange
                    + "-q', 'life': 'persistent'}}, 'to': {'address': 'twice', 'delivery': 'request'}}"));
        }

        @Test
        void arriveAndCountAsSent() throws Exception {
            serve();
            List<String> answers = new CopyOnWriteArrayList<>();
            var factory = new ConnectionFactory();
            factory.setUri(broker.uri091());
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                channel.basicConsume(
                        DIRECT,
                        true,
                        (tag, answer) -> answers.add(answer.getProperties().getCorrelationId() + " "
                                + new String(answer.getBody(), StandardCharsets.UTF_8)),
                        tag -> {});
                for (var n = 0; n < REQUESTS; n++) {
                    var properties = new AMQP.BasicProperties.Builder()
                            .contentType("application/json")
                            .replyTo(DIRECT)
                            .correlationId("c" + n)
                            .build();
                    channel.basicPublish(exchange, "q.1", properties, ("{\"n\":" + n + "}").getBytes());
                }

                eventually(() -> assertThat(answers).hasSize(REQUESTS).contains("c7 {\"n\":14}"));
                eventually(() -> assertThat(count("in", RouteEvent.REPLIES)).isEqualTo(REQUESTS));
                assertThat(count("in", RouteEvent.REPLIES_LOST)).isZero();
            } finally {
                foreign.deleteQueue(exchange + "-q");
            }
        }

        @Test
        void areNoFaultWhereTheAskerHasGone() throws Exception {
            serve();
            var factory = new ConnectionFactory();
            factory.setUri(broker.uri091());
            try (var connection = factory.newConnection();
                    var channel = connection.createChannel()) {
                channel.confirmSelect();
                channel.basicConsume(DIRECT, true, (tag, answer) -> {}, tag -> {});
                // The broker translates the name before it confirms; then the asker leaves, and the request is handled.
                var properties = new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .replyTo(DIRECT)
                        .build();
                channel.basicPublish(exchange, "q.1", properties, "{\"n\":1}".getBytes());
                channel.waitForConfirms();
            }
            eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
            assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
            foreign.deleteQueue(exchange + "-q");
        }
    }
}
