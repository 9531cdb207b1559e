package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.get;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.route.RouteEvent;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.web.ManagementServer;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker short of memory or disk sends {@code connection.blocked}. */
@Slow
@ExtendWith(RabbitExtension.class)
class BlockedPublishersIT {

    private static final int MESSAGES = 2_000;

    @Test
    void outboundRoutesWaitInboundOnesGoOnAndReadinessSaysDegradedOverHttp(@PrivateNode RabbitNode node)
            throws Exception {
        try (var bridge = new TestBridge(node.amqpUri());
                var foreign = new Foreign(node.amqpUri())) {
            var ledger = new Ledger("out and in");
            var backlog = new AtomicInteger();
            bridge.vertx.eventBus().<JsonObject>localConsumer("i", message -> {
                if (message.body().containsKey("backlog")) {
                    backlog.incrementAndGet();
                } else {
                    ledger.seen(
                            message.body().getInteger("n"),
                            message.headers().get("amqp-message-id"),
                            Boolean.parseBoolean(message.headers().get("amqp-redelivered")));
                }
                message.reply(null);
            });
            var out = json("{'name': 'out', 'from': {'address': 'o'}, 'to': {'key': 'k.{n}'}}");
            var in = json("{'name': 'in', 'from': {'filter': 'k.*', 'queue': {'name': '" + bridge.exchange
                    + "-q', 'life': 'until-stop'}}, 'to': {'address': 'i', 'delivery': 'request'}, 'prefetch': 1}");
            var config = bridge.config(out, in);
            bridge.deployAs(config);
            var health = bridge.health(config);
            assertThat(conditions(health)).isEqualTo("READY READY READY 200");

            for (var n = 0; n < 500; n++) {
                foreign.publish(bridge.exchange, "k.b", "{\"backlog\": 1}");
            }
            node.blockPublishers();
            try {
                var sent = new ArrayList<Future<Message<Object>>>();
                for (var n = 0; n < MESSAGES; n++) {
                    var number = n;
                    sent.add(bridge.vertx
                            .eventBus()
                            .request("o", new JsonObject().put("n", n))
                            .onSuccess(confirmed -> ledger.safe(number))
                            .onFailure(failure -> ledger.failed(number, failure)));
                }
                bridge.awaitCondition("out", Condition.DEGRADED, "takes no publications");
                assertThat(conditions(health)).isEqualTo("DEGRADED DEGRADED READY 200");
                assertThat(TestBridge.ready(health).body()).contains("the broker takes no publications at present");
                eventually(() -> assertThat(backlog).hasValue(500));
                assertThat(bridge.count("out", RouteEvent.CONFIRMED)).isLessThan(MESSAGES);

                node.unblockPublishers();
                get(Future.all(sent));
                eventually(() -> ledger.assertComplete(MESSAGES));
                assertThat(ledger.again()).isZero();
                eventually(() -> assertThat(conditions(health)).isEqualTo("READY READY READY 200"));
            } finally {
                node.unblockPublishers();
            }
        }
    }

    /** Of the bridge, of the outbound route, of the inbound route; and the status code. */
    private static String conditions(ManagementServer health) throws Exception {
        var answer = TestBridge.ready(health);
        var whole = new JsonObject(answer.body());
        var routes = check(whole, "routes");
        return condition(check(whole, "bridge")) + " " + condition(check(routes, "out")) + " "
                + condition(check(routes, "in")) + " " + answer.statusCode();
    }

    private static JsonObject check(JsonObject parent, String id) {
        return parent.getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String condition(JsonObject check) {
        return check.getJsonObject("data").getString("condition");
    }
}
