package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.get;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.delivery.SendFailure;
import dev.busbar.route.RouteEvent;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What operators and brokers do to running routes. Meanwhile a route says that it is down and why, it is ready again
 * only with a consumer on the broker, and nothing it was entrusted with is lost.
 */
@ExtendWith(RabbitExtension.class)
class OperatorFaultsIT {

    private static RabbitNode node;
    private TestBridge bridge;
    private final Ledger ledger = new Ledger("out and in");

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    @BeforeEach
    void open() {
        if (!node.ctl("list_users").contains("bridge")) {
            node.ctl("add_user", "bridge", "secret");
        }
        permit(".*");
        openIn("/");
        bridge.vertx.eventBus().<JsonObject>localConsumer("i", message -> {
            ledger.seen(
                    message.body().getInteger("n"),
                    message.headers().get("amqp-message-id"),
                    Boolean.parseBoolean(message.headers().get("amqp-redelivered")));
            message.reply(null);
        });
    }

    private void openIn(String virtualHost) {
        bridge = new TestBridge(node.amqpUri("bridge", "secret", virtualHost));
    }

    @AfterEach
    void close() {
        bridge.close();
    }

    /** To configure, write and read, each what matches. */
    private static void permit(String all) {
        permit(all, all, all);
    }

    private static void permit(String configure, String write, String read) {
        node.ctl("set_permissions", "bridge", configure, write, read);
    }

    private JsonObject out() {
        return json("{'name': 'out', 'from': {'address': 'o'}, 'to': {'key': 'k.{n}'}, 'timeout': '1m'}");
    }

    private JsonObject in() {
        return json("{'name': 'in', 'from': {'filter': 'k.*', 'queue': {'name': '" + queue()
                + "', 'life': 'persistent'}}, 'to': {'address': 'i', 'delivery': 'request'}}");
    }

    private String queue() {
        return bridge.exchange + "-q";
    }

    private Future<Message<Object>> send(int n) {
        return bridge.vertx
                .eventBus()
                .request("o", new JsonObject().put("n", n), new DeliveryOptions().setSendTimeout(60_000))
                .onSuccess(confirmed -> ledger.safe(n))
                .onFailure(failure -> ledger.failed(n, failure));
    }

    private List<Future<Message<Object>>> send(int from, int to) {
        var sent = new ArrayList<Future<Message<Object>>>();
        for (var n = from; n < to; n++) {
            sent.add(send(n));
        }
        return sent;
    }

    private long consumers(String virtualHost) {
        return Stream.of(node.ctl("list_consumers", "--vhost", virtualHost, "queue_name")
                        .split("\n"))
                .filter(queue()::equals)
                .count();
    }

    private void awaitReady() {
        bridge.awaitCondition("in", Condition.READY);
        bridge.awaitCondition("out", Condition.READY);
    }

    @Test
    void connectionsClosedByAnOperatorComeBackAndLoseNothing() {
        bridge.deploy(out(), in());
        var sent = new ArrayList<Future<Message<Object>>>();
        for (var round = 0; round < 3; round++) {
            sent.addAll(send(round * 2_000, (round + 1) * 2_000));
            node.closeAllConnections();
        }
        get(Future.all(sent));
        eventually(() -> ledger.assertComplete(6_000));
        awaitReady();
        assertThat(consumers("/")).isOne();
    }

    @Slow
    @Test
    void aQueueDeletedThatMayNotBeDeclaredAgainIsDownWithTheReasonUntilItMay() {
        bridge.deploy(in());
        permit("^$", ".*", ".*");
        node.deleteQueue(queue());
        bridge.awaitCondition("in", Condition.DOWN, "not permitted declaring", bridge.exchange);
        permit(".*");
        bridge.awaitCondition("in", Condition.READY);
        assertThat(consumers("/")).isOne();
    }

    @Slow
    @Test
    void aQueueThatAnotherDeclaresDifferentlyIsDownWithTheDifferenceAndLeftAlone() throws Exception {
        bridge.deploy(in());
        try (var foreign = new Foreign(node.amqpUri())) {
            permit("^$", ".*", ".*");
            foreign.channel.queueDelete(queue());
            foreign.channel.queueDeclare(queue(), true, false, true, null);
            permit(".*");
            bridge.awaitCondition("in", Condition.DOWN, "auto_delete", "wanted: queue '" + queue() + "'");
            foreign.publish("", queue(), "{\"n\": 0}");
            eventually(() -> assertThat(foreign.depth(queue())).isOne());
            foreign.channel.queueDelete(queue());
        }
        bridge.awaitCondition("in", Condition.READY);
    }

    @Slow
    @Test
    void aUserDeletedAndAddedAgainIsMissedMeanwhile() {
        bridge.deploy(out(), in());
        node.ctl("delete_user", "bridge");
        bridge.awaitCondition("in", Condition.DOWN, "does not accept user 'bridge'");
        bridge.awaitCondition("out", Condition.DOWN, "does not accept user 'bridge'");
        var sent = send(0, 100);
        node.ctl("add_user", "bridge", "secret");
        permit(".*");
        get(Future.all(sent));
        eventually(() -> ledger.assertComplete(100));
        awaitReady();
    }

    @Slow
    @Test
    void aVirtualHostDeletedAndCreatedAgainIsMissedMeanwhile() {
        bridge.close();
        node.ctl("add_vhost", "v");
        node.ctl("set_permissions", "--vhost", "v", "bridge", ".*", ".*", ".*");
        openIn("v");
        var seen = new CopyOnWriteArrayList<Integer>();
        bridge.vertx.eventBus().<JsonObject>localConsumer("i", message -> {
            seen.add(message.body().getInteger("n"));
            message.reply(null);
        });
        bridge.deploy(out(), in());
        node.ctl("delete_vhost", "v");
        bridge.awaitCondition("in", Condition.DOWN, "virtual host 'v'", "create it");
        bridge.awaitCondition("out", Condition.DOWN, "virtual host 'v'", "create it");
        // Mandatory, so that none can go where the queue is not yet.
        bridge.vertx.eventBus().send("o", new JsonObject().put("n", 0));
        node.ctl("add_vhost", "v");
        node.ctl("set_permissions", "--vhost", "v", "bridge", ".*", ".*", ".*");
        awaitReady();
        assertThat(consumers("v")).isOne();
        get(send(1));
        eventually(() -> assertThat(seen).contains(1));
        bridge.close();
        openIn("/");
        node.ctl("delete_vhost", "v");
    }

    @Slow
    @Test
    void aPermissionToWriteTakenAwayRefusesTheSendersWithTheReasonAndGivenBackWorksAgain() throws Exception {
        bridge.deploy(out());
        try (var foreign = new Foreign(node.amqpUri())) {
            foreign.queue(queue(), bridge.exchange, "k.*");
            get(send(0));
            permit(".*", "^$", ".*");
            // The broker asks for permissions anew with each connection.
            node.closeAllConnections();
        }
        var failed = send(1).otherwiseEmpty();
        var refused = send(2);
        get(failed);
        get(refused.otherwiseEmpty());
        var failure = (ReplyException) refused.cause();
        assertThat(failure.failureCode()).isEqualTo(SendFailure.REFUSED.code());
        assertThat(failure).hasMessageContaining("not permitted").hasMessageContaining(bridge.exchange);
        permit(".*");
        eventually(() -> get(send(3)));
    }

    @Test
    void whatIsInFlightToAnExchangeThatIsDeletedIsConfirmedOrFailsItsSender() throws Exception {
        bridge.deploy(out());
        try (var foreign = new Foreign(node.amqpUri())) {
            foreign.queue(queue(), bridge.exchange, "k.*");
            var sent = send(0, 5_000);
            eventually(() -> assertThat(ledger.safe()).isGreaterThan(100));
            foreign.channel.exchangeDelete(bridge.exchange);
            get(Future.join(sent).otherwiseEmpty());

            // Declared again by the route, without the binding that was another's.
            bridge.awaitCondition("out", Condition.READY);
            assertThat(ledger.safe() + ledger.failures()).isEqualTo(5_000);
            assertThat(sent)
                    .filteredOn(Future::failed)
                    .isNotEmpty()
                    .allSatisfy(outcome -> assertThat(((ReplyException) outcome.cause()).failureCode())
                            .isEqualTo(SendFailure.UNROUTABLE.code()));
            assertThat(foreign.depth(queue())).isGreaterThanOrEqualTo(ledger.safe());
            assertThat(bridge.count("out", RouteEvent.UNROUTABLE)).isEqualTo(ledger.failures());
            foreign.channel.queueBind(queue(), bridge.exchange, "k.*");
            get(send(5_000));
        }
    }

    /**
     * After {@code consumer_timeout} RabbitMQ takes a message back from a consumer that does not settle it: up to 4.1
     * by closing the channel, later by ending the consumer, of quorum queues only.
     */
    @Slow
    @Test
    void aSlowHandlerKeepsItsMessageThoughTheBrokerTakesItBackAndItsLateReplyCounts() {
        node.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 500).");
        node.ctl("eval", "application:set_env(rabbit, consumer_timeout, 500).");
        try {
            bridge.close();
            openIn("/");
            var held = new CopyOnWriteArrayList<Message<JsonObject>>();
            bridge.vertx.eventBus().<JsonObject>localConsumer("i", held::add);
            var quorum = in();
            quorum.getJsonObject("from").getJsonObject("queue").put("type", "quorum");
            bridge.deploy(out(), quorum);
            get(send(0));
            eventually(() -> assertThat(bridge.count("in", RouteEvent.RECEIVED)).isGreaterThan(2));
            assertThat(held).hasSize(1);
            held.get(0).reply(null);
            eventually(() ->
                    assertThat(node.ctl("list_queues", "name", "messages")).contains(queue() + "\t0"));
            assertThat(held).hasSize(1);
            bridge.awaitCondition("in", Condition.READY);
            assertThat(consumers("/")).isOne();
        } finally {
            node.ctl("eval", "application:set_env(rabbit, consumer_timeout, 1800000).");
            node.ctl("eval", "application:set_env(rabbit, channel_tick_interval, 60000).");
        }
    }
}
