package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Brokers;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.deadletter.DeadLetterQueue;
import dev.busbar.deadletter.DeadLetters;
import dev.busbar.deadletter.Selection;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Messages with headers by which brokers route, delay or drop: whenever Busbar publishes such a message again, it comes
 * where it is meant to, once, and to nobody else.
 */
abstract class RepublishingContract extends RouteFixture implements DeadLetters.Connected {

    private static final String ID = "0f8fad5b";

    private final CopyOnWriteArrayList<Message<Object>> received = new CopyOnWriteArrayList<>();
    private String stranger;
    private boolean failing = true;
    private Context loop;
    private BrokerConnection consuming;
    private BrokerConnection publishing;

    RepublishingContract(BrokerUnderTest broker) {
        super(broker);
    }

    /** @param stranger a queue of that name, and a key by which the exchange reaches it too */
    abstract Map<String, Object> instructions(String stranger);

    /** How many the stranger gets of the first publication. */
    abstract int copies();

    @BeforeEach
    void handle() {
        vertx.eventBus().consumer("builds", message -> {
            received.add(message);
            if (failing) {
                message.fail(42, "no disk");
            } else {
                message.reply(null);
            }
        });
    }

    @AfterEach
    void disconnectLetters() {
        if (loop != null) {
            get(with((one, other) -> Future.join(one.close(), other.close())));
        }
    }

    @Override
    public <T> Future<T> with(BiFunction<BrokerConnection, BrokerConnection, Future<T>> work) {
        return Future.future(promise ->
                loop.runOnContext(ignored -> work.apply(consuming, publishing).onComplete(promise)));
    }

    private DeadLetters letters(BusbarConfig config) {
        loop = ((VertxInternal) vertx).createEventLoopContext();
        consuming = Brokers.connection(loop, config.broker(), "test consuming");
        publishing = Brokers.connection(loop, config.broker(), "test publishing");
        get(with((one, other) -> Future.join(one.connect(), other.connect())));
        return new DeadLetters(vertx, config, this);
    }

    private JsonObject route(String then) {
        return json("{'name': 'in', 'from': {'filter': 'builds.*.finished', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'builds', 'delivery': 'request'}, 'timeout': '5s',"
                + " 'onFailure': {'attempts': 1, 'then': '" + then + "'}}");
    }

    private void publishWithInstructions(String... exchanges) {
        stranger = foreign.declareOwnQueue();
        foreign.bind(stranger, exchange, stranger);
        for (var other : exchanges) {
            foreign.bind(stranger, other, stranger);
        }
        var properties = MessageProperties.builder()
                .contentType("application/json")
                .messageId(ID)
                .persistent(true);
        instructions(stranger).forEach(properties::header);
        publish("builds.17.finished", properties, "{\"id\": 17}");
        eventually(() -> assertThat(received).hasSize(1));
    }

    private int drain(String queue) {
        var count = 0;
        while (foreign.get(queue) != null) {
            count++;
        }
        return count;
    }

    private void putBackTwice(String then, RouteEvent counted, String... exchanges) {
        deploy(route(then));
        publishWithInstructions(exchanges);
        eventually(() -> assertThat(count("in", counted)).isEqualTo(1));
        var config = ConfigLoader.fromJson(config(route(then)));
        var queue = DeadLetterQueue.of(config.routes()).get(0);
        var letters = letters(config);
        assertThat(get(letters.look(queue, 10, 1 << 20)).messages())
                .singleElement()
                .satisfies(it -> assertThat(it.message().properties().headers())
                        .containsKeys(instructions(stranger).keySet().toArray(String[]::new)));

        assertThat(get(letters.requeue(queue, new Selection.First(10))).moved()).isEqualTo(1);
        eventually(() -> assertThat(count("in", counted)).isEqualTo(2));
        failing = false;
        assertThat(get(letters.requeue(queue, new Selection.First(10))).moved()).isEqualTo(1);

        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        assertThat(received)
                .hasSize(3)
                .allSatisfy(it -> assertThat(it.headers().names())
                        .containsAll(instructions(stranger).keySet()));
        eventually(() -> assertThat(depth(exchange + "-q")).isZero());
        assertThat(drain(stranger)).isEqualTo(copies());
    }

    @Test
    void whatWasParkedAndPutBackComesBackAndGoesNowhereElse() {
        putBackTwice("park", RouteEvent.PARKED);
    }

    @Test
    void whatWasDeadLetteredAndPutBackComesBackAndGoesNowhereElse() {
        putBackTwice("dead-letter", RouteEvent.DEAD_LETTERED, exchange + ".dead-letter");
    }

    @Test
    void whatIsForwardedOrAnsweredWithTheHeadersReceivedGoesNowhereElse() {
        failing = false;
        deploy(route("dead-letter"), outbound());
        var forwarded = bound("forwarded");
        publishWithInstructions();

        vertx.eventBus()
                .send(
                        "changes",
                        "x",
                        new DeliveryOptions().setHeaders(received.get(0).headers()));

        var there = take(forwarded);
        assertThat(there.properties().headers().keySet())
                .doesNotContainAnyElementsOf(instructions(stranger).keySet());
        assertThat(there.properties().messageId()).isEqualTo(ID);
        assertThat(drain(stranger)).isEqualTo(copies());
    }

    static JsonObject outbound() {
        return json("{'name': 'out', 'from': {'address': 'changes'}, 'to': {'key': 'forwarded'}}");
    }
}
