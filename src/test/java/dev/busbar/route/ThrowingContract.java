package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.busbar.codec.MessageProperties;
import dev.busbar.delivery.SendFailure;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What an application throws at a route, from its handlers and from the objects it sends, whatever the broker. */
abstract class ThrowingContract extends RouteFixture {

    private static final String THROWN = "thrown by the application";
    private static final DeliveryOptions AS_IT_IS = new DeliveryOptions().setCodecName("as-it-is");

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var thrown = event.getThrowableProxy();
            log.add(event.getFormattedMessage() + (thrown == null ? "" : " " + thrown.getMessage()));
        }
    };

    ThrowingContract(BrokerUnderTest broker) {
        super(broker);
    }

    /** A text whose characters nobody gets. */
    private record Trap() implements CharSequence {

        @Override
        public int length() {
            throw new IllegalStateException(THROWN);
        }

        @Override
        public char charAt(int index) {
            throw new IllegalStateException(THROWN);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new IllegalStateException(THROWN);
        }

        @Override
        public String toString() {
            throw new IllegalStateException(THROWN);
        }
    }

    /** Hands objects over within this Vert.x. */
    private static final class AsItIs implements MessageCodec<Object, Object> {

        @Override
        public void encodeToWire(Buffer buffer, Object body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object decodeFromWire(int position, Buffer buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Object transform(Object body) {
            return body;
        }

        @Override
        public String name() {
            return AS_IT_IS.getCodecName();
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }

    @BeforeEach
    void listen() {
        vertx.eventBus().registerCodec(new AsItIs());
        appender.start();
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(appender);
    }

    @AfterEach
    void leave() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(appender);
    }

    private JsonObject inbound() {
        return json("{'name': 'in', 'from': {'filter': 'k.#', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'a', 'delivery': 'request'}, 'timeout': '300ms',"
                + " 'onFailure': {'attempts': 2, 'backoff': {'initial': '10ms', 'max': '10ms'}}}");
    }

    private List<String> logged() {
        return log.stream().filter(line -> line.contains(THROWN)).toList();
    }

    /** The route sees that it has no reply in time; that something was thrown is Vert.x's to tell, once each time. */
    @Test
    void aMessageWhoseHandlerThrowsIsTriedAgainAndDeadLettered() {
        vertx.eventBus().localConsumer("a", message -> {
            throw new IllegalStateException(THROWN);
        });
        deploy(inbound());
        publish("k.1", "{}");

        var dead = take(exchange + ".dead-letter");
        assertThat(dead.header("x-busbar-reason")).isEqualTo("the handler did not reply in time");
        assertThat(dead.header("x-busbar-attempts")).isEqualTo(2);
        eventually(() -> assertThat(count("in", RouteEvent.DEAD_LETTERED)).isOne());
        assertThat(count("in", RouteEvent.RETRIED)).isOne();
        eventually(() -> assertThat(depth(exchange + "-q")).isZero());
        assertThat(logged()).as("%s", log).hasSize(2);
    }

    @Test
    void anAnswerThatThrowsIsLostAndItsMessageIsHandled() {
        vertx.eventBus().localConsumer("a", message -> message.reply(new Trap(), AS_IT_IS));
        deploy(inbound());
        publish("k.1", MessageProperties.builder().replyTo("answers-" + exchange), "1");

        eventually(() -> assertThat(count("in", RouteEvent.REPLIES_LOST)).isOne());
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isOne());
        eventually(() -> assertThat(depth(exchange + "-q")).isZero());
        assertThat(status("in").open()).isZero();
        assertThat(logged()).as("%s", log).hasSize(1);
    }

    @Test
    void aBodyThatThrowsIsToldToItsSenderAndTheNextGoesOut() {
        deploy(json("{'name': 'out', 'from': {'address': 'o'}, 'to': {'key': 'k'}, 'timeout': '20s'}"));
        var queue = bound("k");
        var trapped = vertx.eventBus().request("o", new Trap(), AS_IT_IS);
        get(vertx.eventBus().request("o", "next"));

        assertThatThrownBy(() -> get(trapped))
                .isInstanceOfSatisfying(
                        ReplyException.class,
                        failure -> assertThat(failure.failureCode()).isEqualTo(SendFailure.UNREADABLE.code()))
                .hasMessageContainingAll("route 'out'", THROWN);
        assertThat(count("out", RouteEvent.UNREADABLE)).isOne();
        assertThat(take(queue).text()).isEqualTo("\"next\"");
        assertThat(logged()).as("%s", log).hasSize(1);
    }
}
