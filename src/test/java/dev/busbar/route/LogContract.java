package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.BrokerUnderTest.Ability;
import dev.busbar.testing.broker.CuttableProxy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of routes: every fault, but not once for each message; and that they work again. */
abstract class LogContract extends RouteFixture {

    private static final int MESSAGES = 205;
    /** One a second for each kind, and these take a few seconds on a slow machine. */
    private static final int FEW = 40;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
                lines.add(event.getLevel() + " " + event.getFormattedMessage());
            }
        }
    };

    LogContract(BrokerUnderTest broker) {
        super(broker);
    }

    @BeforeEach
    void listen() {
        appender.start();
        ((Logger) LoggerFactory.getLogger("dev.busbar")).addAppender(appender);
    }

    @AfterEach
    void leave() {
        ((Logger) LoggerFactory.getLogger("dev.busbar")).detachAppender(appender);
    }

    private List<String> containing(String part) {
        return lines.stream().filter(line -> line.contains(part)).toList();
    }

    private JsonObject route() {
        return json("{'name': 'in', 'from': {'filter': 'k.#', 'queue': {'name': '" + exchange
                + "-q', 'life': 'until-stop'}}, 'to': {'address': 'a', 'delivery': 'request'},"
                + " 'onFailure': {'attempts': 1, 'then': 'drop'}}");
    }

    @Test
    void repliesToQueuesThatAreGoneAreCountedAndNotLoggedOneByOne() {
        broker.assume(Ability.RETURNING);
        vertx.eventBus().localConsumer("a", message -> message.reply("done"));
        deploy(route());

        for (var n = 0; n < MESSAGES; n++) {
            publish("k.1", MessageProperties.builder().replyTo("gone-" + exchange), "1");
        }

        eventually(() -> assertThat(count("in", RouteEvent.REPLIES_LOST)).isEqualTo(MESSAGES));
        assertThat(containing("could not be sent to 'gone-" + exchange + "'"))
                .isNotEmpty()
                .hasSizeLessThan(FEW)
                .allMatch(line -> line.startsWith("WARN route 'in': the reply to"));
    }

    @Test
    void whatHandlersRefuseIsCountedAndNotLoggedOneByOne() {
        vertx.eventBus().localConsumer("a", message -> message.fail(1, "no"));
        deploy(route());

        for (var n = 0; n < MESSAGES; n++) {
            publish("k.1", MessageProperties.builder(), "1");
        }

        eventually(() -> assertThat(count("in", RouteEvent.DROPPED)).isEqualTo(MESSAGES));
        assertThat(containing("the handler failed: 1 no")).isNotEmpty().hasSizeLessThan(FEW);
    }

    @Test
    void thatTheBrokerMayDeleteWhatDoesNotMeetTheConditionsIsSaidAtTheStart() {
        broker.assume(Ability.X_ARGUMENTS);
        var route = route();
        route.getJsonObject("from")
                .put("where", new JsonArray().add(json("{'header': 'x', 'equals': '1'}")))
                .put("otherwise", "reject");
        deploy(route);
        assertThat(containing("route 'in': the broker deletes the messages that are rejected because they do not meet"))
                .singleElement()
                .asString()
                .startsWith("WARN")
                .contains("a policy");
    }

    @Test
    void thatARouteIsUpAgainIsSaidOnce() {
        try (var proxy = new CuttableProxy(broker.uri().host(), broker.uri().port())) {
            var config = config(route());
            config.getJsonObject("broker")
                    .put("uri", broker.uriText().replace(":" + broker.uri().port(), ":" + proxy.port()));
            deploy(config, 1);

            proxy.breakDown();
            eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.DOWN));
            proxy.repair();
            eventually(() -> assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY));

            eventually(() -> assertThat(containing("INFO route 'in': consuming again after"))
                    .hasSize(1));
            assertThat(containing("WARN route 'in': not consuming at present")).hasSize(1);
            assertThat(containing("INFO busbar consuming: connected to 127.0.0.1:" + proxy.port() + " again after"))
                    .hasSize(1);
        }
    }
}
