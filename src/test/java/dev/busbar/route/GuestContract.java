package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges and queues that others declared and go on using, whatever the broker. */
abstract class GuestContract extends RouteFixture {

    GuestContract(BrokerUnderTest broker) {
        super(broker);
    }

    private static JsonObject outbound() {
        return json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'k', 'mandatory': false}}");
    }

    private JsonObject inbound(String filter, String life) {
        return json("{'name': 'in', 'from': {" + filter + "'queue': {'name': '" + exchange + "-q', 'life': '" + life
                + "'}}, 'to': {'address': 'builds', 'delivery': 'request'}}");
    }

    @Test
    void aCleanStopLeavesAnExchangeThatOthersDeclared() {
        foreign.declareExchange(exchange, "topic");
        get(vertx.undeploy(deploy(outbound())));
        assertThat(foreign.exchangeExists(exchange)).isTrue();

        foreign.publish(exchange, "k", "of another publisher");
        assertThat(foreign.exchangeExists(exchange)).isTrue();
    }

    @Test
    void aKillLeavesWhatOthersDeclaredAndTheMessagesInIt(@TempDir Path folder) throws Exception {
        foreign.declareExchange(exchange + "-x", "topic");
        foreign.declareQueue(exchange + "-q");
        foreign.bind(exchange + "-q", exchange + "-x", "#");
        foreign.publish("", exchange + "-q", "1", "2", "3");
        var config = config(consuming("passive"), outboundTo("passive"))
                .put("exchange", new JsonObject().put("name", exchange + "-x").put("declare", "passive"))
                .put("web", new JsonObject().put("enabled", false))
                .put("management", new JsonObject().put("port", 0));
        config.getJsonArray("routes").getJsonObject(0).put("onFailure", json("{'then': 'drop'}"));

        try (var busbar = BusbarProcess.start(folder, config)) {
            eventually(() ->
                    assertThat(foreign.status(exchange + "-q").consumers()).isEqualTo(1));
            busbar.signal("KILL");
            busbar.exit();
        }

        eventually(() -> assertThat(depth(exchange + "-q")).isEqualTo(3));
        assertThat(foreign.exchangeExists(exchange + "-x")).isTrue();
        foreign.publish(exchange + "-x", "k", "4");
        eventually(() -> assertThat(depth(exchange + "-q")).isEqualTo(4));
        foreign.deleteQueue(exchange + "-q");
    }

    @Test
    void aCleanStopLeavesTheExchangesItHasDeclaredItself() {
        broker.assume(Ability.DECLARING);
        get(vertx.undeploy(deploy(outbound(), inbound("'filter': 'a.*', ", "until-stop"))));

        assertThat(foreign.queueExists(exchange + "-q")).isFalse();
        assertThat(foreign.exchangeExists(exchange)).isTrue();
        assertThat(foreign.queueExists(exchange + ".dead-letter")).isTrue();
        foreign.publish(exchange, "k", "of another publisher");
    }

    @Test
    void aCleanStopLeavesAnExchangeThatIsNotDurable() {
        broker.assume(Ability.DECLARING);
        var config = config(outbound());
        config.getJsonObject("exchange").put("durable", false);
        get(vertx.undeploy(deploy(config, 1)));

        assertThat(foreign.exchangeExists(exchange)).isTrue();
        foreign.publish(exchange, "k", "of another publisher");
    }

    @Test
    void anExchangeThatIsAutoDeleteIsDeclaredAndEndsWithItsLastQueue() {
        broker.assume(Ability.DECLARING);
        Assumptions.assumeFalse(broker == ArtemisHere.shared(), "Artemis has no such exchanges");
        vertx.eventBus().consumer("builds", message -> message.reply(null));
        var config = config(inbound("'filter': 'a.*', ", "until-stop"));
        config.getJsonArray("routes").getJsonObject(0).put("onFailure", json("{'then': 'drop'}"));
        config.getJsonObject("exchange").put("autoDelete", true);
        var id = deploy(config, 1);
        foreign.publish(exchange, "a.b", "1");
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));

        get(vertx.undeploy(id));
        eventually(() -> assertThat(foreign.exchangeExists(exchange)).isFalse());
    }

    /** No filter, so that its queue is one of others. */
    private JsonObject consuming() {
        return inbound("", "persistent");
    }

    private String deployPatient(JsonObject route) {
        var config = config(route);
        config.getJsonObject("broker").put("reconnect", json("{'initial': '50ms', 'max': '500ms'}"));
        return deploy(config, 1);
    }

    private void awaitMissing() {
        eventually(() -> {
            assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DOWN);
            assertThat(status("in").detail()).contains("queue '" + exchange + "-q' does not exist");
        });
        assertThat(foreign.queueExists(exchange + "-q")).isFalse();
    }

    private void awaitConsumed(int messages) {
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY));
        foreign.publish("", exchange + "-q", "1");
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(messages));
    }

    @Test
    void aQueueThatOthersHaveYetToDeclareIsWaitedForAndNotDeclared() {
        vertx.eventBus().consumer("builds", message -> message.reply(null));
        var id = deployPatient(consuming());
        awaitMissing();
        if (broker.abilities().contains(Ability.DECLARING)) {
            assertThat(foreign.exchangeExists(exchange)).isFalse();
        }

        foreign.declareQueue(exchange + "-q");
        awaitConsumed(1);

        foreign.deleteQueue(exchange + "-q");
        awaitMissing();
        foreign.declareQueue(exchange + "-q");
        awaitConsumed(2);

        get(vertx.undeploy(id));
        assertThat(foreign.queueExists(exchange + "-q")).isTrue();
        foreign.deleteQueue(exchange + "-q");
    }

    @Test
    void aStreamThatOthersHaveYetToDeclareIsWaitedForAndNotDeclared() {
        broker.assume(Ability.X_ARGUMENTS);
        broker.assume(Ability.DECLARING);
        vertx.eventBus().consumer("builds", message -> message.reply(null));
        var route = consuming();
        route.getJsonObject("from").getJsonObject("queue").put("type", "stream");
        deployPatient(route);
        awaitMissing();

        foreign.declareQueue(exchange + "-q", Map.of("x-queue-type", "stream"));
        awaitConsumed(1);

        foreign.deleteQueue(exchange + "-q");
        foreign.deleteQueue(exchange + "-q.position.in");
    }

    @Test
    void aRouteThatWaitsForItsQueueCanBeStopped() {
        var id = deployPatient(consuming());
        awaitMissing();
        get(vertx.undeploy(id));
        assertThat(foreign.queueExists(exchange + "-q")).isFalse();
    }

    @Test
    void aQueueOfOthersIsUsedWhateverItIs() {
        broker.assume(Ability.X_ARGUMENTS);
        vertx.eventBus().consumer("builds", message -> message.reply(null));
        foreign.declareQueue(exchange + "-q", Map.of("x-queue-type", "quorum", "x-max-length", 1_000));
        deployPatient(consuming());
        awaitConsumed(1);
        foreign.deleteQueue(exchange + "-q");
    }

    @Test
    void aQueueOfOthersWithOtherArgumentsThanConfiguredIsReported() {
        broker.assume(Ability.X_ARGUMENTS);
        broker.assume(Ability.DECLARING);
        foreign.declareQueue(exchange + "-q", Map.of("x-max-length", 10));
        var route = consuming();
        route.getJsonObject("from").getJsonObject("queue").put("arguments", json("{'x-max-length': 11}"));
        assertThatThrownBy(() -> deployPatient(route)).hasMessageContaining("x-max-length");
        foreign.deleteQueue(exchange + "-q");
    }

    @Test
    void aQueueThatLivesAsLongAsTheRouteIsDeclaredWithoutAFilterToo() {
        broker.assume(Ability.DECLARING);
        vertx.eventBus().consumer("builds", message -> message.reply(null));
        var id = deployPatient(inbound("", "until-stop"));
        awaitConsumed(1);
        get(vertx.undeploy(id));
        assertThat(foreign.queueExists(exchange + "-q")).isFalse();
    }

    private JsonObject consuming(Object declare) {
        var route = consuming();
        route.getJsonObject("from").getJsonObject("queue").put("declare", declare);
        return route;
    }

    @Test
    void aQueueThatIsLookedForIsComparedWithNothing() {
        broker.assume(Ability.X_ARGUMENTS);
        vertx.eventBus().consumer("builds", message -> message.reply(null));
        var route = consuming("passive");
        route.getJsonObject("from").getJsonObject("queue").put("arguments", json("{'x-max-length': 11}"));
        var id = deployPatient(route);
        awaitMissing();

        foreign.declareQueue(exchange + "-q", Map.of("x-max-length", 10));
        awaitConsumed(1);

        get(vertx.undeploy(id));
        assertThat(foreign.queueExists(exchange + "-q")).isTrue();
        foreign.deleteQueue(exchange + "-q");
    }

    @Test
    void aQueueThatIsTrustedToExistIsConsumed() {
        vertx.eventBus().consumer("builds", message -> message.reply(null));
        foreign.declareQueue(exchange + "-q");
        var id = deployPatient(consuming(false));
        awaitConsumed(1);
        get(vertx.undeploy(id));
        assertThat(foreign.queueExists(exchange + "-q")).isTrue();
        foreign.deleteQueue(exchange + "-q");
    }

    @Test
    void aQueueThatIsTrustedToExistAndDoesNotIsNamed() {
        Assumptions.assumeTrue(
                broker.abilities().contains(Ability.X_ARGUMENTS) || broker == ArtemisHere.shared(),
                "of RabbitMQ and Artemis");
        deployPatient(consuming(false));
        awaitMissing();
    }

    private JsonObject outboundTo(Object declare) {
        var to = new JsonObject().put("name", exchange + "-x").put("declare", declare);
        var route = outbound().put("timeout", "2s");
        route.getJsonObject("to").put("exchange", to);
        return route;
    }

    private void send() {
        get(vertx.eventBus().request("changes", "a message"));
    }

    @Test
    void anExchangeThatOthersHaveYetToDeclareIsWaitedForAndNotDeclared() {
        deployPatient(outboundTo("passive"));
        eventually(() -> {
            assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.DOWN);
            assertThat(status("out").detail()).contains("exchange '" + exchange + "-x' does not exist");
        });
        assertThat(foreign.exchangeExists(exchange + "-x")).isFalse();

        foreign.declareExchange(exchange + "-x", "fanout");
        eventually(() -> assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.READY));
        send();
    }

    @Test
    void anExchangeThatIsTrustedToExistIsUsedWhateverItIs() {
        foreign.declareExchange(exchange + "-x", "fanout");
        deployPatient(outboundTo(false));
        send();
        assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.READY);
    }

    /** On RabbitMQ: Artemis makes an address for whoever sends to it. */
    @Test
    void aSenderIsToldIfAnExchangeThatIsTrustedToExistDoesNot() {
        broker.assume(Ability.X_ARGUMENTS);
        deployPatient(outboundTo(false));
        assertThatThrownBy(this::send).isInstanceOf(ReplyException.class);
        assertThat(foreign.exchangeExists(exchange + "-x")).isFalse();

        foreign.declareExchange(exchange + "-x", "fanout");
        send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"passive", "false"})
    void aQueueIsBoundToAnExchangeAsSoonAsOthersHaveDeclaredIt(String declare) {
        broker.assume(Ability.DECLARING);
        Assumptions.assumeFalse(
                broker == ArtemisHere.shared() && declare.equals("false"), "Artemis refuses a queue without address");
        vertx.eventBus().consumer("builds", message -> message.reply(null));
        var route = inbound("'filter': 'a.*', ", "until-stop");
        route.getJsonObject("from")
                .put("exchange", json("{'name': '" + exchange + "-x', 'declare': '" + declare + "'}"));
        var id = deployPatient(route);
        eventually(() -> {
            assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DOWN);
            assertThat(status("in").detail()).contains("exchange '" + exchange + "-x' does not exist");
        });
        assertThat(foreign.exchangeExists(exchange + "-x")).isFalse();

        foreign.declareExchange(exchange + "-x", "topic");
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY));
        foreign.publish(exchange + "-x", "a.b", "1");
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        get(vertx.undeploy(id));
        assertThat(foreign.queueExists(exchange + "-q")).isFalse();
        assertThat(foreign.exchangeExists(exchange + "-x")).isTrue();
    }

    @Test
    void aRouteThatWaitsForItsExchangeDeletesNoQueueThatItHasNotConsumed() {
        broker.assume(Ability.DECLARING);
        foreign.declareQueue(exchange + "-q");
        foreign.publish("", exchange + "-q", "of others");
        var route = inbound("'filter': 'a.*', ", "until-stop");
        route.getJsonObject("from").put("exchange", json("{'name': '" + exchange + "-x', 'declare': 'passive'}"));
        var id = deployPatient(route);
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DOWN));

        get(vertx.undeploy(id));

        assertThat(take(exchange + "-q").text()).isEqualTo("of others");
        foreign.deleteQueue(exchange + "-q");
    }

    @Test
    void aConsumerThatTheBrokerDoesNotHaveLeavesNothingBehind() {
        broker.assume(Ability.DECLARING);
        Assumptions.assumeTrue(broker.uri().isAmqp10(), "AMQP 0-9-1 has all of it");
        var route = inbound("'filter': 'a.*', ", "persistent");
        route.getJsonObject("from").put("consumer", json("{'tag': 'of-busbar'}"));

        assertThatThrownBy(() -> deploy(route)).hasMessageContaining("from.consumer");

        assertThat(foreign.queueExists(exchange + "-q")).isFalse();
        assertThat(foreign.exchangeExists(exchange)).isFalse();
    }

    private BridgeMessage formatted(String format) {
        var properties =
                MessageProperties.builder().contentType("application/json").header("format", format);
        return new BridgeMessage(exchange + "-h", "a.b", properties.build(), Buffer.buffer('"' + format + '"'));
    }

    @Test
    void aHeadersExchangeComparesHeadersWithTheArgumentsOfTheBinding() {
        broker.assume(Ability.DECLARING);
        Assumptions.assumeFalse(broker == ArtemisHere.shared(), "Artemis has no such exchanges");
        var received = new ConcurrentLinkedQueue<Object>();
        vertx.eventBus().consumer("builds", message -> {
            received.add(message.body());
            message.reply(null);
        });
        foreign.declareExchange(exchange + "-h", "headers");
        var route = inbound("'filter': '#', ", "until-stop");
        route.getJsonObject("from")
                .put("exchange", json("{'name': '" + exchange + "-h', 'type': 'headers', 'declare': 'passive'}"))
                .put("arguments", json("{'x-match': 'all', 'format': 'pdf'}"));
        deployPatient(route);

        foreign.publish(List.of(formatted("txt"), formatted("pdf"), formatted("png"), formatted("pdf")));

        eventually(() -> assertThat(received).containsExactly("pdf", "pdf"));
    }
}
