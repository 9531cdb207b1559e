package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.ArtemisHere;
import dev.busbar.broker.BrokerUnderTest;
import dev.busbar.broker.RabbitMq;
import dev.busbar.broker.RabbitMq10;
import dev.busbar.codec.MessagePropertiesBuilder;
import dev.busbar.testing.OnRabbit;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.Repeats;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.types.messaging.ApplicationProperties;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Messages with headers that a broker passes on and that Busbar cannot write, or not beside those that tell of the
 * move: they are dead-lettered and parked all the same, with as much as can be written, and hold up no others.
 */
class UnwrittenHeadersIT {

    private static final String KEY = "builds.1.finished";

    abstract static class Scenarios extends RouteScenario {

        Scenarios(BrokerUnderTest broker) {
            super(broker);
        }

        @BeforeEach
        void fail() {
            vertx.eventBus().consumer("builds", message -> message.fail(1, "no disk"));
        }

        JsonObject route(String then) {
            return json("{'name': 'in', 'from': {'filter': 'builds.*.finished', 'queue': {'name': '" + exchange
                    + "-q', 'life': 'persistent'}}, 'to': {'address': 'builds', 'delivery': 'request'}, 'timeout': '5s',"
                    + " 'onFailure': {'attempts': 1, 'then': '" + then + "'}}");
        }
    }

    /** Application properties that are maps: no section for them, and clients send them. */
    abstract static class Over10 extends Scenarios {

        Over10(BrokerUnderTest broker) {
            super(broker);
        }

        abstract Properties addressed(Properties properties);

        private void publishMap() throws Exception {
            var uri = broker.uri();
            var options = new ConnectionOptions()
                    .user(uri.user())
                    .password(uri.password().reveal());
            try (var client = Client.create();
                    var connection = client.connect(uri.host(), uri.port(), options);
                    var sender = connection.openAnonymousSender()) {
                AdvancedMessage<Object> message = AdvancedMessage.create();
                message.properties(addressed(new Properties().setMessageId("17")));
                message.applicationProperties(
                        new ApplicationProperties(Map.of("details", Map.of("list", List.of(1, "b")), "plain", 7)));
                message.addBodySection(new Data("{}".getBytes(StandardCharsets.UTF_8)));
                sender.send(message).awaitSettlement(60, TimeUnit.SECONDS);
            }
        }

        @Test
        void a_map_is_moved_as_text() throws Exception {
            deploy(route("dead-letter"));

            publishMap();

            var dead = take(exchange + ".dead-letter");
            assertThat(dead.properties().messageId()).isEqualTo("17");
            assertThat(dead.header("details")).isEqualTo("{\"list\":[1,\"b\"]}");
            assertThat(dead.header("plain")).isEqualTo(7);
            assertThat(dead.header("x-busbar-reason")).asString().contains("no disk");
            assertThat(dead.header("x-busbar-unwritten")).asString().contains("'details'");
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    @OnRabbit(RabbitRelease.V4)
    class OnRabbitMq10 extends Over10 {
        OnRabbitMq10(RabbitNode node) {
            super(RabbitMq10.at(node));
        }

        @Override
        Properties addressed(Properties properties) {
            return properties.setTo("/exchanges/" + exchange + "/" + KEY);
        }
    }

    @Nested
    @Repeats
    class OnArtemis extends Over10 {
        OnArtemis() {
            super(ArtemisHere.shared());
        }

        @Override
        Properties addressed(Properties properties) {
            return properties.setTo(exchange).setSubject(KEY);
        }
    }

    @Nested
    @ExtendWith(RabbitExtension.class)
    class OnRabbitMq extends Scenarios {

        /** A little less than a frame has room for, in which all headers have to be. */
        private static final int LONG = (128 << 10) - 200;

        OnRabbitMq(RabbitNode node) {
            super(new RabbitMq(node));
        }

        @Test
        void headers_that_are_too_long_beside_the_reason_are_left_out() {
            deploy(route("park"));

            publish(
                    KEY,
                    MessagePropertiesBuilder.ofJson().messageId("17").header("long", "x".repeat(LONG)),
                    "{\"n\": 1}");

            var parked = take(exchange + "-q.parked");
            assertThat(parked.properties().messageId()).isEqualTo("17");
            assertThat(parked.properties().contentType()).isEqualTo("application/json");
            assertThat(parked.message().body()).hasToString("{\"n\": 1}");
            assertThat(parked.header("long")).isNull();
            assertThat(parked.header("x-busbar-routing-key")).isEqualTo(KEY);
            assertThat(parked.header("x-busbar-unwritten")).asString().contains("frame size");
        }
    }
}
