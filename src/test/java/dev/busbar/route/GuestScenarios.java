package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerUnderTest;
import dev.busbar.broker.BrokerUnderTest.Ability;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Exchanges and queues that others declared and go on using, whatever the broker. */
abstract class GuestScenarios extends RouteScenario {

    GuestScenarios(BrokerUnderTest broker) {
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
    void a_clean_stop_leaves_an_exchange_that_others_declared() {
        foreign.declareExchange(exchange, "topic");
        get(vertx.undeploy(deploy(outbound())));
        assertThat(foreign.exchangeExists(exchange)).isTrue();

        foreign.publish(exchange, "k", "of another publisher");
        assertThat(foreign.exchangeExists(exchange)).isTrue();
    }

    @Test
    void a_clean_stop_leaves_the_exchanges_it_has_declared_itself() {
        broker.assume(Ability.DECLARING);
        get(vertx.undeploy(deploy(outbound(), inbound("'filter': 'a.*', ", "until-stop"))));

        assertThat(foreign.queueExists(exchange + "-q")).isFalse();
        assertThat(foreign.exchangeExists(exchange)).isTrue();
        assertThat(foreign.queueExists(exchange + ".dead-letter")).isTrue();
        foreign.publish(exchange, "k", "of another publisher");
    }

    @Test
    void a_clean_stop_leaves_an_exchange_that_is_not_durable() {
        broker.assume(Ability.DECLARING);
        var config = config(outbound());
        config.getJsonObject("exchange").put("durable", false);
        get(vertx.undeploy(deploy(config, 1)));

        assertThat(foreign.exchangeExists(exchange)).isTrue();
        foreign.publish(exchange, "k", "of another publisher");
    }
}
