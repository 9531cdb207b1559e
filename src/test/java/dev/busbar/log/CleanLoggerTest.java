package dev.busbar.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CleanLoggerTest {

    private final Logger logback = (Logger) LoggerFactory.getLogger(CleanLoggerTest.class);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // The caller can be determined only during the call.
            event.getCallerData();
            super.append(event);
        }
    };
    private final org.slf4j.Logger log = CleanLogger.of(CleanLoggerTest.class);

    @BeforeEach
    void attachAppender() {
        logback.setLevel(Level.INFO);
        logback.setAdditive(false);
        events.start();
        logback.addAppender(events);
    }

    @AfterEach
    void detachAppender() {
        logback.detachAppender(events);
        logback.setAdditive(true);
        logback.setLevel(null);
    }

    @Test
    void aMessageIsOneLineWhateverItsArguments() {
        log.warn("route '{}': {} {}", "a\u001b[31m", "b\nERROR forged", new StringBuilder("{}\u2028"));

        assertThat(events.list).singleElement().satisfies(it -> {
            assertThat(it.getFormattedMessage()).isEqualTo("route 'a\\u001b[31m': b\\nERROR forged {}\\u2028");
            assertThat(it.getLevel()).isEqualTo(Level.WARN);
            assertThat(it.getLoggerName()).isEqualTo(CleanLoggerTest.class.getName());
        });
    }

    @Test
    void anExceptionIsPassedOn() {
        var failure = new IllegalStateException("x");

        log.error("failed: {}", "a\nb", failure);
        log.error("failed", failure);

        assertThat(events.list)
                .allSatisfy(it -> assertThat(it.getThrowableProxy().getClassName())
                        .isEqualTo(IllegalStateException.class.getName()))
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("failed: a\\nb", "failed");
    }

    @Test
    void aDisabledLevelIsNotLogged() {
        log.debug("hidden {}", 1);

        assertThat(log.isDebugEnabled()).isFalse();
        assertThat(log.isInfoEnabled()).isTrue();
        assertThat(events.list).isEmpty();
    }

    /** The log names the class that has logged, and not {@link CleanLogger}. */
    @Test
    void theCallerIsTheClassThatLogs() {
        log.info("here");

        assertThat(events.list.get(0).getCallerData()[0].getClassName()).isEqualTo(CleanLoggerTest.class.getName());
    }
}
