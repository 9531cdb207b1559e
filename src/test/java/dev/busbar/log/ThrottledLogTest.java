package dev.busbar.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottledLogTest {

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final ThrottledLog throttled = throttled();

    @Test
    void saysTheFirstAtOnceAndWhichRouteItIs() {
        throttled.add("no queue");

        assertThat(logged.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).isEqualTo("route 'changes': no queue");
        });
    }

    @Test
    void saysAtMostOneLineASecondAndHowManyItHasLeftOut() {
        for (var i = 0; i < 1_000; i++) {
            throttled.add("no queue");
        }
        clock.addAndGet(Duration.ofMillis(999).toNanos());
        throttled.add("refused");
        assertThat(logged.list).hasSize(1);

        clock.addAndGet(Duration.ofMillis(1).toNanos());
        throttled.add("full");
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        throttled.add("full again");

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "route 'changes': no queue",
                        "route 'changes': full (and 1000 more failures since the last line)",
                        "route 'changes': full again");
    }

    private ThrottledLog throttled() {
        var log = new LoggerContext().getLogger("test");
        log.addAppender(logged);
        logged.start();
        return new ThrottledLog(log, org.slf4j.event.Level.WARN, "route 'changes'", clock::get);
    }
}
