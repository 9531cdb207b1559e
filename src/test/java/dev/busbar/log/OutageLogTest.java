package dev.busbar.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    private final AtomicLong clock = new AtomicLong();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final OutageLog log = log();

    private OutageLog log() {
        var logger = new LoggerContext().getLogger("test");
        logger.setLevel(ch.qos.logback.classic.Level.INFO);
        logger.addAppender(logged);
        logged.start();
        return new OutageLog(logger, "route 'in'", clock::get);
    }

    private List<String> lines() {
        return logged.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void logsAnOutageAndItsEndOnce() {
        log.up("working");
        log.down("no queue", "; next attempt in 3 ms");
        pass(Duration.ofMillis(1_500));
        log.up("working again");
        log.up("working again");

        assertThat(lines())
                .containsExactly(
                        "WARN route 'in': no queue; next attempt in 3 ms",
                        "INFO route 'in': working again after 1.5 s");
    }

    @Test
    void repeatsALongOutageOnceAMinuteAndLogsANewReasonAtOnce() {
        for (var second = 0; second < 120; second++) {
            log.down(second < 30 ? "no queue" : "no broker", "; next attempt in " + second);
            pass(Duration.ofSeconds(1));
        }

        assertThat(lines())
                .containsExactly(
                        "WARN route 'in': no queue; next attempt in 0",
                        "WARN route 'in': no broker; next attempt in 30 (and 29 more times since the last line)",
                        "WARN route 'in': no broker; next attempt in 90 (and 59 more times since the last line)");
    }

    @Test
    void logsShortOutagesThatFollowEachOtherOnceAMinute() {
        for (var second = 0; second < 100; second++) {
            log.down("timed out");
            pass(Duration.ofMillis(500));
            log.up("working again");
            pass(Duration.ofMillis(500));
        }

        assertThat(lines())
                .containsExactly(
                        "WARN route 'in': timed out",
                        "INFO route 'in': working again after 0.5 s",
                        "WARN route 'in': timed out (and 59 more times since the last line)",
                        "INFO route 'in': working again after 0.5 s");
    }

    @Test
    void logsTheEndOfALongOutageWhoseBeginningWasNotLogged() {
        log.down("timed out");
        log.up("working again");
        log.down("timed out");
        pass(Duration.ofSeconds(6));
        log.up("working again");

        assertThat(lines()).hasSize(3).last().isEqualTo("INFO route 'in': working again after 6.0 s");
    }

    @Test
    void logsNoEndOfTheOutageOfASubjectThatIsClosed() {
        log.down("timed out");
        log.end();
        log.up("working again");

        assertThat(lines()).hasSize(1);
    }
}
