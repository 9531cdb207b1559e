package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PropertiesBuilder;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What an inbound route makes of messages before handlers see them, whatever the broker. */
abstract class ReadingContract extends RouteFixture {

    ReadingContract(BrokerUnderTest broker) {
        super(broker);
    }

    private JsonObject route(String from) {
        return json("{'name': 'in', 'from': {'filter': 'orders.#', 'queue': {'name': '" + exchange
                + "-q', 'life': 'until-stop'}, " + from + "}, 'to': {'address': 'orders'}}");
    }

    private List<Message<Object>> collect() {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        get(vertx.eventBus()
                .localConsumer("orders", message -> {
                    received.add(message);
                    message.reply(null);
                })
                .completion());
        return received;
    }

    private static PropertiesBuilder typed(String contentType) {
        return MessageProperties.builder().contentType(contentType);
    }

    @Test
    void handsOverBytesWhateverTheContentTypeSays() throws Exception {
        var received = collect();
        deploy(route("'body': 'bytes'"));

        publish("orders.1", typed("application/json"), "{\"id\": 1");
        publish("orders.2", typed("application/x-python-serialize"), "pickled");
        publish("orders.3", typed("text/plain").contentEncoding("gzip"), "not inflated");
        eventually(() -> assertThat(received).hasSize(3));

        assertThat(received)
                .extracting(Message::body)
                .containsExactly(Buffer.buffer("{\"id\": 1"), Buffer.buffer("pickled"), Buffer.buffer("not inflated"));
        assertThat(received.get(0).headers().get("amqp-content-type")).isEqualTo("application/json");
        assertThat(received.get(2).headers().get("amqp-content-encoding")).isEqualTo("gzip");
    }

    @Test
    void handsOverTextWhateverTheContentTypeSays() throws Exception {
        var received = collect();
        deploy(route("'body': 'text'"));

        publish("orders.1", typed("application/json"), "{\"id\" : 1}");
        publish("orders.2", typed("application/octet-stream"), "ü");
        publish("orders.3", typed("text/plain"), new byte[] {(byte) 0xff});
        publish("orders.4", MessageProperties.builder(), "7");
        eventually(() -> assertThat(received).hasSize(3));

        assertThat(received).extracting(Message::body).containsExactly("{\"id\" : 1}", "ü", "7");
        var dead = take(exchange + ".dead-letter");
        assertThat(dead.key()).isEqualTo("orders.3");
        assertThat(dead.properties().headers().get("x-busbar-reason").toString())
                .contains("is not UTF-8 text");
    }

    @Test
    void readsAllAsTheContentTypeThatItNames() throws Exception {
        var received = collect();
        deploy(route("'contentType': 'application/json'"));

        publish("orders.1", typed("application/octet-stream"), "{\"id\":1}");
        publish("orders.2", typed("text/plain"), "no JSON");
        publish("orders.3", MessageProperties.builder(), "[3]");
        eventually(() -> assertThat(received).hasSize(2));

        assertThat(received.get(0).body()).isEqualTo(json("{'id': 1}"));
        assertThat(received.get(0).headers().get("amqp-content-type")).isEqualTo("application/json");
        var dead = take(exchange + ".dead-letter");
        assertThat(dead.key()).isEqualTo("orders.2");
        assertThat(dead.properties().contentType()).as("its own").isEqualTo("text/plain");
    }

    @Test
    void handsOverOnlyWhatMeetsAllConditions() throws Exception {
        var received = collect();
        deploy(route(
                "'where': [{'header': 'x-kind', 'in': ['order', 'return']}, {'header': 'amqp-type', 'prefix': 'shop.'},"
                        + " {'pointer': '/order/total', 'exists': true}, {'pointer': '/test', 'exists': false},"
                        + " {'header': 'x-version', 'equals': 2}], 'otherwise': 'accept'"));
        var good = "{\"order\": {\"total\": 5}}";

        publish("orders.1", described("order", "shop.new", 2), good);
        publish("orders.2", described("other", "shop.new", 2), good);
        publish("orders.3", described("order", "mail.new", 2), good);
        publish("orders.4", described("order", "shop.new", 3), good);
        publish("orders.5", described("order", "shop.new", 2), "{\"order\": {\"total\": null}}");
        publish("orders.6", described("order", "shop.new", 2), "{\"order\": {\"total\": 5}, \"test\": 1}");
        publish("orders.7", typed("application/json"), good);
        publish("orders.8", described("return", "shop.old", 2), good);

        eventually(() -> assertThat(count("in", RouteEvent.FILTERED)).isEqualTo(6));
        eventually(() -> assertThat(received).hasSize(2));
        assertThat(received)
                .extracting(it -> it.headers().get("amqp-routing-key"))
                .containsExactly("orders.1", "orders.8");
        eventually(() -> assertThat(status("in").open()).isZero());
        assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(2);
        assertThat(depth(exchange + "-q")).isZero();
    }

    @Test
    void losesNoBodyThatConditionsCannotLookInto() throws Exception {
        var received = collect();
        deploy(route("'where': [{'pointer': '/id', 'exists': true}], 'otherwise': 'accept'"));

        publish("orders.1", typed("application/json").contentEncoding("rot13"), "{\"id\": 1}");
        publish("orders.2", MessageProperties.builder().contentEncoding("rot13"), "{\"id\": 2}");
        publish("orders.3", typed("application/json; charset=none-such"), "{\"id\": 3}");
        publish("orders.4", typed("text/plain").contentEncoding("rot13"), "no JSON");
        publish("orders.5", typed("application/json"), "{\"id\": 5}");
        eventually(() -> assertThat(received).hasSize(1));

        for (var key : List.of("orders.1", "orders.2", "orders.3")) {
            var dead = take(exchange + ".dead-letter");
            assertThat(dead.key()).isEqualTo(key);
            assertThat(dead.properties().headers().get("x-busbar-reason").toString())
                    .contains("cannot be read as JSON: its content encoding, charset or compression is not known");
        }
        assertThat(count("in", RouteEvent.FILTERED)).isEqualTo(1);
    }

    @Test
    void rejectsWhatDoesNotMeetThemForTheQueuesOwnDeadLettering() throws Exception {
        var received = collect();
        var dead = foreign.declareOwnQueue();
        var filtering = route("'where': [{'header': 'x-kind', 'equals': 'order'}], 'otherwise': 'reject'");
        filtering
                .getJsonObject("from")
                .getJsonObject("queue")
                .put(
                        "arguments",
                        new JsonObject().put("x-dead-letter-exchange", "").put("x-dead-letter-routing-key", dead));
        deploy(filtering);

        publish("orders.1", described("other", "t", 1), "{}");
        publish("orders.2", described("order", "t", 1), "{}");
        eventually(() -> assertThat(received).hasSize(1));
        var rejected = take(dead);
        assertThat(rejected.text()).isEqualTo("{}");
        assertThat(rejected.properties().headers()).containsEntry("x-kind", "other");
        assertThat(received.get(0).headers().get("amqp-routing-key")).isEqualTo("orders.2");
        assertThat(count("in", RouteEvent.FILTERED)).isEqualTo(1);
        eventually(() -> assertThat(status("in").open()).isZero());
    }

    @Test
    void settlesWhatDoesNotMeetThemWhileNoHandlerListens() throws Exception {
        deploy(route("'where': [{'header': 'x-kind', 'equals': 'order'}], 'otherwise': 'accept'"));
        for (var i = 0; i < 20; i++) {
            publish("orders." + i, described("other", "t", 1), "{}");
        }
        publish("orders.20", described("order", "t", 1), "{}");

        eventually(() -> assertThat(count("in", RouteEvent.FILTERED)).isEqualTo(20));
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DEGRADED));
        var received = collect();
        eventually(() -> assertThat(received).hasSize(1));
    }

    @Test
    void removesRenamesAndSetsHeadersAndLeavesThemInWhatIsDeadLettered() throws Exception {
        var received = collect();
        var mapping = route("'where': [{'header': 'x-kind', 'exists': true}], 'otherwise': 'accept'");
        mapping.getJsonObject("to")
                .mergeIn(json("{'removeHeaders': ['X-Kind'], 'renameHeaders': {'x-version': 'version'},"
                        + " 'headers': {'origin': '{amqp-type}/{/id}', 'answer': 42, 'none': '{/nothing}',"
                        + " 'x-kept': 'new', 'was': '{x-kind}'}}"));
        deploy(mapping);

        publish("orders.1", described("order", "t", 2).header("x-kept", "old").header("x-other", 5L), "{\"id\": 1}");
        eventually(() -> assertThat(received).hasSize(1));
        var headers = received.get(0).headers();
        assertThat(headers.contains("x-kind")).isFalse();
        assertThat(headers.contains("x-version")).isFalse();
        assertThat(headers.contains("none")).isFalse();
        assertThat(headers.get("version")).isEqualTo("2");
        assertThat(headers.get("origin")).isEqualTo("t/1");
        assertThat(headers.get("answer")).isEqualTo("42");
        assertThat(headers.get("x-kept")).isEqualTo("new");
        assertThat(headers.get("was")).isEqualTo("order");
        assertThat(headers.get("amqp-header-types")).contains("version=int", "answer=int", "x-other=long");

        publish("orders.2", described("order", "t", 2), "no JSON");
        var dead = take(exchange + ".dead-letter").properties().headers();
        assertThat(dead)
                .containsEntry("x-kind", "order")
                .containsEntry("x-version", 2)
                .doesNotContainKey("answer");
    }

    private static PropertiesBuilder described(String kind, String type, int version) {
        return typed("application/json").type(type).header("x-kind", kind).header("x-version", version);
    }
}
