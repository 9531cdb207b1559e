package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.faults.Ledger;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Handlers that come and go, and what is kept of a message none of them would have, whatever the broker. */
abstract class HandlerContract extends RouteFixture {

    private static final int STREAM = 5_000;
    /** From here on when no handler is left: else all may be handled before the last one goes. */
    private static final int LATER = STREAM * 11 / 12;

    private final Ledger ledger = new Ledger("in");
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    HandlerContract(BrokerUnderTest broker) {
        super(broker);
    }

    private JsonObject route() {
        return json("{'name': 'in', 'from': {'filter': 'k.*', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'i', 'delivery': 'request'}, 'prefetch': 100,"
                + " 'timeout': '5s', 'onFailure': {'attempts': 3, 'backoff': {'initial': '5ms', 'max': '20ms'}}}");
    }

    /** On an event loop of its own. */
    private final class Handling extends VerticleBase {

        private final boolean alone;

        /** @param alone whether no other has had messages before, so that they come in order */
        Handling(boolean alone) {
            this.alone = alone;
        }

        @Override
        public Future<?> start() {
            return vertx.eventBus().<JsonObject>localConsumer("i", this::handle).completion();
        }

        private void handle(Message<JsonObject> message) {
            ledger.seen(
                    message.body().getInteger("n"),
                    message.headers().get("amqp-message-id"),
                    !alone || Boolean.parseBoolean(message.headers().get("amqp-redelivered")));
            attempts.merge(message.headers().get("amqp-attempt"), 1, Integer::sum);
            message.reply(null);
        }
    }

    private void stream(int from, int to) {
        foreign.publish(IntStream.range(from, to)
                .mapToObj(n -> new BridgeMessage(
                        exchange,
                        "k." + n,
                        MessageProperties.builder()
                                .contentType("application/json")
                                .messageId("m-" + n)
                                .build(),
                        Buffer.buffer("{\"n\":" + n + "}")))
                .toList());
        for (var n = from; n < to; n++) {
            ledger.safe(n);
        }
    }

    /** What the old handler had not looked at may come to the new one after what followed it. */
    @Test
    void aHandlerOnAnotherEventLoopUndeployedInTheMiddleAndRedeployed() throws Exception {
        deploy(route());
        var publishing = new Thread(() -> stream(0, LATER));
        publishing.start();
        for (var round = 1; round <= 5; round++) {
            var id = get(vertx.deployVerticle(new Handling(false)));
            var enough = round * STREAM / 6;
            eventually(() -> assertThat(ledger.seen()).isGreaterThan(enough));
            get(vertx.undeploy(id));
        }
        publishing.join();
        stream(LATER, STREAM);
        eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DEGRADED));
        get(vertx.deployVerticle(new Handling(false)));
        eventually(() -> assertThat(ledger.seen()).isEqualTo(STREAM));

        ledger.assertComplete(STREAM);
        assertThat(ledger.again()).isZero();
        assertThat(attempts).containsOnlyKeys("1");
        assertThat(count("in", RouteEvent.RETRIED)).isZero();
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(STREAM));
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
    }

    @Test
    void thousandsWaitForTheFirstHandlerAndThenComeInOrder() throws Exception {
        deploy(route());
        stream(0, 2_000);
        eventually(() -> assertThat(status("in").open()).isEqualTo(100));
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DEGRADED);
        get(vertx.deployVerticle(new Handling(true)));
        eventually(() -> assertThat(ledger.seen()).isEqualTo(2_000));
        ledger.assertComplete(2_000);
        assertThat(attempts).containsOnlyKeys("1");
    }

    /** The route fails it before anybody, and without, has read it: every byte and every type is the original one. */
    @Test
    void whatIsDeadLetteredKeepsEveryByteAndEveryType() throws Exception {
        vertx.eventBus().localConsumer("i", message -> message.fail(7, "never"));
        deploy(route());
        var body = new byte[70_000];
        new Random(1).nextBytes(body);
        var headers = new LinkedHashMap<String, Object>();
        headers.put("text", "gr\u00fc\u00dfe");
        headers.put("long", 1L << 40);
        headers.put("double", Math.PI);
        headers.put("boolean", false);
        headers.put("bytes", new byte[] {0, -1, 7});
        headers.put("at", Instant.parse("2014-03-01T12:00:00Z"));
        headers.put("x-list", List.of(1, List.of(true), Map.of("deep", 2)));
        headers.put("none", null);
        var properties = MessageProperties.builder()
                .contentType("application/octet-stream")
                .contentEncoding("identity")
                .priority(6)
                .correlationId("c")
                .replyTo("nobody")
                .messageId("m")
                .timestamp(Instant.parse("2015-04-02T10:00:00Z"))
                .type("t")
                .appId("a")
                .headers(headers)
                .build();
        publish("k.1", properties, Buffer.buffer(body));

        var dead = take(exchange + ".dead-letter");
        assertThat(dead.message().body().getBytes()).isEqualTo(body);
        var kept = dead.properties();
        assertThat(List.of(
                        kept.contentType(),
                        kept.contentEncoding(),
                        kept.priority(),
                        kept.correlationId(),
                        kept.replyTo(),
                        kept.messageId(),
                        kept.timestamp(),
                        kept.type(),
                        kept.appId()))
                .isEqualTo(List.of(
                        properties.contentType(),
                        properties.contentEncoding(),
                        properties.priority(),
                        properties.correlationId(),
                        properties.replyTo(),
                        properties.messageId(),
                        properties.timestamp(),
                        properties.type(),
                        properties.appId()));
        // So that a broker's restart does not lose what nobody has looked at.
        assertThat(kept.persistent()).isTrue();
        assertThat(dead.header("x-busbar-reason")).isEqualTo("the handler failed: 7 never");
        var keptHeaders = new LinkedHashMap<>(kept.headers());
        keptHeaders.keySet().removeIf(name -> name.startsWith("x-busbar-"));
        assertThat(keptHeaders.keySet()).isEqualTo(headers.keySet());
        assertThat(keptHeaders).usingRecursiveComparison().isEqualTo(headers);
    }
}
