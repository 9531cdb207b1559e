package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.delivery.SendFailure;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Answers are bounded by {@code broker.maxMessageSize} as requests are. */
abstract class AnswerSizeContract extends RouteFixture {

    private static final int LONGEST = 64;

    AnswerSizeContract(BrokerUnderTest broker) {
        super(broker);
    }

    private JsonObject bounded(JsonObject... routes) {
        var config = config(routes);
        config.getJsonObject("broker").put("maxMessageSize", LONGEST);
        return config;
    }

    private static JsonObject asking() {
        return json("{'name': 'out', 'from': {'address': 'ask'}, 'to': {'key': 'k', 'reply': 'message'},"
                + " 'timeout': '3s', 'buffer': {'bytes': '1MiB'}}");
    }

    private Future<Message<Object>> ask(String text) {
        return vertx.eventBus()
                .request("ask", new JsonObject().put("t", text), new DeliveryOptions().setSendTimeout(30_000));
    }

    @Test
    void anAnswerLargerThanThatFailsWhoAsked() throws Exception {
        deploy(bounded(asking()), 1);
        try (var service = new EchoService(broker, exchange, "k")) {
            service.start();

            assertThat(get(ask("x")).body()).isNotNull();
            // {"t":"…"} just fits, and {"echo":{"t":"…"}} does not.
            assertThatThrownBy(() -> get(ask("x".repeat(LONGEST - 8))))
                    .hasMessageContaining("broker.maxMessageSize")
                    .isInstanceOfSatisfying(
                            ReplyException.class,
                            refused -> assertThat(refused.failureCode()).isEqualTo(SendFailure.UNREADABLE.code()));
        }
        assertThat(count("out", RouteEvent.UNREADABLE)).isOne();
    }

    @Test
    void aReplyLargerThanThatIsNotSentAndCounted() {
        var answering = json("{'name': 'in', 'from': {'filter': 'k', 'queue': {'name': '" + exchange
                + "-q', 'life': 'until-stop'}}, 'to': {'address': 'answer', 'delivery': 'request'}}");
        vertx.eventBus().localConsumer("answer", message -> message.reply("x".repeat(LONGEST + 1)));
        deploy(bounded(asking(), answering), 1);

        var answer = ask("x");

        eventually(() -> assertThat(count("in", RouteEvent.REPLIES_LOST)).isOne());
        eventually(() -> assertThat(answer.failed()).isTrue());
        assertThat(count("in", RouteEvent.HANDLED)).isOne();
    }
}
