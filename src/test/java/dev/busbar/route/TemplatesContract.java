package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.delivery.SendFailure;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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

    @Test
    void setsHeadersAndPropertiesInPlaceOfTheSenders() throws Exception {
        deploy(json("{'name': 'out', 'from': {'address': 'orders'}, 'to': {'key': 'orders.new',"
                + " 'headers': {'x-origin': 'shop {x-shop}', 'x-version': 2, 'x-test': true, 'x-customer': '{/order/id}'},"
                + " 'properties': {'priority': '{/prio}', 'expiration': 600000, 'type': 'order', 'appId': 'shop',"
                + " 'contentType': 'application/vnd.shop+json', 'correlationId': 'c-{/order/id}'}}}"));
        var queue = bound("orders.#");

        get(request(
                json("{'prio': 7, 'order': {'id': 17}}"),
                "x-shop",
                "north",
                "X-VERSION",
                "1",
                "amqp-priority",
                "1",
                "amqp-type",
                "mine",
                "amqp-message-id",
                "mine"));
        var properties = take(queue).properties();
        assertThat(properties.headers())
                .containsEntry("x-origin", "shop north")
                .containsEntry("x-version", 2)
                .containsEntry("x-test", true)
                .containsEntry("x-customer", "17")
                .containsEntry("x-shop", "north")
                .doesNotContainKey("X-VERSION");
        assertThat(properties.priority()).isEqualTo(7);
        assertThat(properties.expiration()).isEqualTo("600000");
        assertThat(properties.type()).isEqualTo("order");
        assertThat(properties.appId()).isEqualTo("shop");
        assertThat(properties.contentType()).isEqualTo("application/vnd.shop+json");
        assertThat(properties.correlationId()).isEqualTo("c-17");
        assertThat(properties.messageId()).isEqualTo("mine");

        assertRefused(request(json("{'prio': 7, 'order': {}}"), "x-shop", "north"), "{/order/id} has no value");
        assertRefused(
                request(json("{'prio': 700, 'order': {'id': 1}}"), "x-shop", "north"), "amqp-priority", "'700'", "255");
    }

    @Test
    void publishesToTheExchangeThatTheMessageNames() throws Exception {
        var other = exchange + "-fanout";
        deploy(json("{'name': 'out', 'from': {'address': 'orders'}, 'to': {'key': 'orders.{id}',"
                + " 'exchange': '" + exchange + "{x-kind}',"
                + " 'exchanges': ['" + exchange + "', {'name': '" + other + "', 'type': 'fanout'}]}}"));
        assertThat(foreign.exchangeExists(exchange)).isTrue();
        assertThat(foreign.exchangeExists(other)).isTrue();
        var first = bound("orders.#");
        var second = foreign.declareOwnQueue();
        foreign.bind(second, other, "");

        get(request(json("{'id': 1}"), "x-kind", ""));
        get(request(json("{'id': 2}"), "x-kind", "-fanout"));
        assertThat(take(first).key()).isEqualTo("orders.1");
        var taken = take(second);
        assertThat(taken.text()).isEqualTo("{\"id\":2}");
        assertThat(taken.properties().headers()).containsEntry("x-kind", "-fanout");

        assertRefused(
                request(json("{'id': 3}"), "x-kind", "-none"),
                "route 'out'",
                "the exchange '" + exchange + "-none'",
                "to.exchanges: " + exchange + ", " + other);
        assertThat(foreign.exchangeExists(exchange + "-none")).isFalse();
        assertThat(depth(first) + depth(second)).isZero();
        foreign.deleteExchange(other);
    }

    @Test
    void sendsTextAndBytesAsTheyAreAndNothingElse() throws Exception {
        deploy(
                json("{'name': 'text', 'from': {'address': 'orders'}, 'to': {'key': 'text', 'body': 'text',"
                        + " 'properties': {'contentType': 'application/json'}}}"),
                json("{'name': 'bytes', 'from': {'address': 'raw'}, 'to': {'key': 'bytes', 'body': 'bytes'}}"));
        var queue = bound("#");

        get(request("{ \"as\" : \"written\" }"));
        var text = take(queue);
        assertThat(text.text()).isEqualTo("{ \"as\" : \"written\" }");
        assertThat(text.properties().contentType()).isEqualTo("application/json");
        assertRefused(request(json("{}")), "route 'text'", "JsonObject", "sends text only; send a String");

        get(vertx.eventBus().request("raw", Buffer.buffer("{"), new DeliveryOptions()));
        var bytes = take(queue);
        assertThat(bytes.text()).isEqualTo("{");
        assertThat(bytes.properties().contentType()).isEqualTo("application/octet-stream");
        assertRefused(vertx.eventBus().request("raw", "text"), "route 'bytes'", "sends bytes only; send a Buffer");
    }
}
