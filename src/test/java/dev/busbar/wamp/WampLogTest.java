package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Clients that anybody may run cannot fill the log with their mistakes. */
class WampLogTest extends WampFixture {

    private static final int TIMES = 30;

    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event);
        }
    };

    WampLogTest() {
        super(EmbeddedBrokerJ.shared());
    }

    @BeforeEach
    void listen() {
        appender.start();
        log().addAppender(appender);
    }

    @AfterEach
    void leave() {
        log().detachAppender(appender);
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(WampServer.class.getPackageName());
    }

    private static void isWrong(WampClient client) {
        client.say("[99]");
        client.say("[16,1,{},'com.example.topic']");
        client.subscribe(PREFIX + "a", "{}");
    }

    @Test
    void whoIsNoMasterWarnsOfNothingHoweverOftenTheyConnect() {
        serve();
        var start = System.nanoTime();

        for (var n = 0; n < TIMES; n++) {
            var client = joined();
            isWrong(client);
            client.socket().close();
        }

        var seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertThat(wamp.counts().invalid()).isEqualTo(TIMES);
        assertThat(lines).noneMatch(it -> it.getLevel().isGreaterOrEqual(Level.WARN));
        assertThat(lines)
                .filteredOn(it -> it.getFormattedMessage().contains("sent an invalid message"))
                .hasSizeBetween(1, (int) seconds + 2);
    }

    @Test
    void whatAMasterLosesIsWarnedOf() {
        serve();
        var master = joined();
        master.publishAcknowledged("org.buildbot.7.connected", "{}", "");

        isWrong(master);

        assertThat(lines)
                .filteredOn(it -> it.getLevel() == Level.WARN)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(it -> it.contains("sent an invalid message"));
    }
}
