package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.testing.broker.EmbeddedBrokerJ;
import org.junit.jupiter.api.Test;

/**
 * A broker that cannot let messages wait is found out at the start, where the configuration did not say which it is.
 */
class BrokerRetryRefusedIT extends RouteFixture {

    BrokerRetryRefusedIT() {
        super(EmbeddedBrokerJ.shared());
    }

    @Test
    void aRouteDoesNotStartAndSaysWhatToDo() {
        var route = json("{'name': 'in', 'from': {'filter': 'k', 'queue': {'name': '" + exchange
                + "-q'}}, 'to': {'address': 'a'}, 'onFailure': {'wait': 'broker'}}");

        assertThatThrownBy(() -> deploy(route))
                .hasStackTraceContaining("route 'in' cannot start: onFailure.wait is broker")
                .hasStackTraceContaining("Set onFailure.wait to memory");
        assertThatThrownBy(() -> foreign.status(exchange + "-q")).isNotNull();
    }
}
