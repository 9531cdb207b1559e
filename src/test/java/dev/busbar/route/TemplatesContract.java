package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.broker.BrokerUnderTest;
import dev.busbar.delivery.SendFailure;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import org.junit.jupiter.api.Test;

/** What an outbound route makes of its senders' messages by templates, whatever the broker. */
abstract class TemplatesContract extends RouteFixture {

    TemplatesContract(BrokerUnderTest broker) {
        super(broker);
    }

    private Future<Message<Object>> request(Object body, String... headers) {
        var options = new DeliveryOptions();
        for (var i = 0; i < headers.length; i += 2) {
            options.addHeader(headers[i], headers[i + 1]);
        }
        return vertx.eventBus().request("orders", body, options);
    }

    private static void assertRefused(Future<?> sent, String... texts) {
        assertThatThrownBy(() -> get(sent))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        it -> assertThat(it.failureCode()).isEqualTo(SendFailure.UNREADABLE.code()))
                .hasMessageContainingAll(texts);
    }

    @Test
    void takesTheKeyFromWithinTheBody() throws Exception {
        deploy(json("{'name': 'out', 'from': {'address': 'orders'},"
                + " 'to': {'key': 'orders.{/order/customer/id}.{/order/lines/0}'}}"));
        var queue = bound("orders.#");

        get(request(json("{'order': {'customer': {'id': 17}, 'lines': ['bolt', 'nut']}}")));
        assertThat(take(queue).key()).isEqualTo("orders.17.bolt");

        assertRefused(
                request(json("{'order': {'customer': 17, 'lines': []}}")),
                "route 'out'",
                "{/order/customer/id} has no value",
                "send a JSON body");
        assertRefused(request(json("{'order': {'customer': {'id': 'a.b'}}}")), "'a.b'", "has a dot");
        assertRefused(request("no JSON"), "{/order/customer/id} has no value");
        assertThat(count("out", RouteEvent.UNREADABLE)).isEqualTo(3);
        assertThat(depth(queue)).isZero();
    }
}
