package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Names of queues and exchanges that do not exist, near those that do. */
abstract class MistypedNamesContract extends RouteFixture {

    MistypedNamesContract(BrokerUnderTest broker) {
        super(broker);
    }

    private static JsonObject consuming(String queue) {
        return json("{'name': 'in', 'from': {'queue': {'name': '" + queue + "', 'declare': 'passive'}},"
                + " 'to': {'address': 'builds'}, 'onFailure': {'then': 'drop'}}");
    }

    private static JsonObject publishing(String exchange) {
        return json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'k', 'exchange': {'name': '"
                + exchange + "', 'declare': 'passive'}}}");
    }

    private void deployBesideOthers(JsonObject... routes) {
        var config = config(routes);
        config.getJsonObject("exchange").put("declare", false);
        get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
    }

    private void awaitSuggestion(String route, String missing, String meant) {
        eventually(() -> assertThat(status(route).detail())
                .contains(missing + "' does not exist")
                .contains("Did you mean '" + meant + "'?"));
    }

    @Test
    void aMistypedQueueIsNamedWithTheOneOfTheConfigurationThatWasMeant() {
        foreign.declareQueue(exchange + "-orders.q");
        deployBesideOthers(
                consuming(exchange + "-order.q"),
                consuming(exchange + "-orders.q").put("name", "right"));
        awaitSuggestion("in", "queue '" + exchange + "-order.q", exchange + "-orders.q");
        foreign.deleteQueue(exchange + "-orders.q");
    }

    @Test
    void aMistypedExchangeIsNamedWithTheOneOfTheConfigurationThatWasMeant() {
        deployBesideOthers(publishing(exchange + "s"));
        awaitSuggestion("out", "exchange '" + exchange + "s", exchange);
    }

    private void assumeListing() {
        Assumptions.assumeTrue(
                broker == ArtemisHere.shared() || broker == EmbeddedBrokerJ.shared10(),
                "RabbitMQ lists no names, nor does AMQP 0-9-1");
    }

    @Test
    void aMistypedQueueIsNamedWithTheOneOfTheBrokerThatWasMeant() {
        assumeListing();
        foreign.declareQueue(exchange + "-queue");
        deployBesideOthers(consuming(exchange + "-qeue"));
        awaitSuggestion("in", "queue '" + exchange + "-qeue", exchange + "-queue");
        foreign.deleteQueue(exchange + "-queue");
    }

    @Test
    void aMistypedExchangeIsNamedWithTheOneOfTheBrokerThatWasMeant() {
        assumeListing();
        foreign.declareExchange(exchange + "-changes", "topic");
        deployBesideOthers(publishing(exchange + "-chagnes"));
        awaitSuggestion("out", "exchange '" + exchange + "-chagnes", exchange + "-changes");
    }
}
