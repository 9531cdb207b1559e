package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.delivery.SendFailure;
import dev.busbar.faults.Doorway;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a full buffer does while the broker is away, and what is left in it when it is back, whatever the broker. */
abstract class FullBufferContract extends RouteFixture {

    private static final int ROOM = 50;
    private static final int SENT = 200;

    private Doorway door;

    FullBufferContract(BrokerUnderTest broker) {
        super(broker);
    }

    @BeforeEach
    void standBetween() {
        door = new Doorway(broker.uri().port());
    }

    @AfterEach
    void stepAside() {
        door.close();
    }

    @Override
    JsonObject config(JsonObject... routes) {
        var config = super.config(routes);
        var there = broker.uri().port();
        config.getJsonObject("broker").put("uri", broker.uriText().replace(":" + there, ":" + door.port()));
        return config;
    }

    private String routeAway(String buffer) throws Exception {
        deploy(json("{'name': 'out', 'from': {'address': 'o'}, 'to': {'key': 'k.{n}'}, 'timeout': '10m', 'buffer': "
                + buffer + "}"));
        var queue = bound("k.#");
        door.shut();
        eventually(() -> assertThat(status("out").condition()).isEqualTo(RouteStatus.Condition.DOWN));
        return queue;
    }

    /** By turns requested, sent and published; the requests' outcomes by number. */
    private List<Future<Message<Object>>> sendAll() {
        var outcomes = new ArrayList<Future<Message<Object>>>();
        for (var n = 0; n < SENT; n++) {
            var body = new JsonObject().put("n", n);
            switch (n % 3) {
                case 0 -> outcomes.add(vertx.eventBus().request("o", body));
                case 1 -> vertx.eventBus().send("o", body);
                default -> vertx.eventBus().publish("o", body);
            }
        }
        return outcomes;
    }

    private static void assertFull(Future<?> outcome) {
        // Long before the route's own time-out.
        eventually(() -> assertThat(outcome.failed()).isTrue());
        assertThat(((ReplyException) outcome.cause()).failureCode()).isEqualTo(SendFailure.BUFFER_FULL.code());
    }

    private List<Integer> arrived(String queue, int count) {
        return IntStream.range(0, count)
                .map(i -> new JsonObject(take(queue).text()).getInteger("n"))
                .boxed()
                .toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void failRefusesTheNewestAtOnceAndKeepsTheOldestInOrder() throws Exception {
        var queue = routeAway("{'messages': " + ROOM + ", 'whenFull': 'fail'}");
        var requested = sendAll();

        requested.subList((ROOM + 2) / 3, requested.size()).forEach(FullBufferContract::assertFull);
        assertThat(requested.get(requested.size() - 1).cause())
                .hasMessageContaining("out")
                .hasMessageContaining(ROOM + " of " + ROOM + " messages")
                .hasMessageContaining("because");
        eventually(() -> assertThat(count("out", RouteEvent.REJECTED)).isEqualTo(SENT - ROOM));
        assertThat(count("out", RouteEvent.ACCEPTED)).isEqualTo(ROOM);
        assertThat(status("out").buffered()).isEqualTo(ROOM);

        door.reopen();
        assertThat(arrived(queue, ROOM)).isEqualTo(range(0, ROOM));
        get(Future.all(requested.subList(0, (ROOM + 2) / 3)));
        assertThat(count("out", RouteEvent.CONFIRMED)).isEqualTo(ROOM);
    }

    @Test
    void dropOldestTellsWhoeverWaitsForOneDroppedAndKeepsTheNewestInOrder() throws Exception {
        var queue = routeAway("{'messages': " + ROOM + ", 'whenFull': 'drop-oldest'}");
        var requested = sendAll();

        requested.subList(0, (SENT - ROOM) / 3).forEach(FullBufferContract::assertFull);
        assertThat(requested.get(0).cause()).hasMessageContaining("dropped").hasMessageContaining("out");
        eventually(() -> assertThat(count("out", RouteEvent.ACCEPTED)).isEqualTo(SENT));
        assertThat(count("out", RouteEvent.DROPPED)).isEqualTo(SENT - ROOM);
        assertThat(count("out", RouteEvent.REJECTED)).isZero();

        door.reopen();
        assertThat(arrived(queue, ROOM)).isEqualTo(range(SENT - ROOM, SENT));
        get(Future.all(requested.subList((SENT - ROOM) / 3, requested.size())));
        assertThat(count("out", RouteEvent.CONFIRMED)).isEqualTo(ROOM);
    }

    @Test
    void bytesAreBoundedAsWellAsMessages() throws Exception {
        var queue = routeAway("{'messages': 1000, 'bytes': '10KiB', 'whenFull': 'drop-oldest'}");
        for (var n = 0; n < SENT; n++) {
            vertx.eventBus().send("o", new JsonObject().put("n", n).put("pad", "x".repeat(1_000)));
        }
        eventually(() -> assertThat(count("out", RouteEvent.ACCEPTED)).isEqualTo(SENT));
        var kept = status("out").buffered();
        assertThat(kept).isBetween(8, 10);
        assertThat(status("out").bufferedBytes()).isBetween(8_000L, 10_240L);
        assertThat(count("out", RouteEvent.DROPPED)).isEqualTo(SENT - kept);

        // One large message takes the room of several small ones.
        vertx.eventBus().send("o", new JsonObject().put("n", SENT).put("pad", "x".repeat(9_000)));
        eventually(() -> assertThat(count("out", RouteEvent.ACCEPTED)).isEqualTo(SENT + 1));
        assertThat(status("out").buffered()).isEqualTo(2);

        door.reopen();
        assertThat(arrived(queue, 2)).isEqualTo(range(SENT - 1, SENT + 1));
    }
}
