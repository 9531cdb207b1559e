package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.busbar.broker.BrokerException;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.InvalidConfigException;
import java.io.StringWriter;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

class ErrorReporterTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ErrorReporter.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final StringWriter err = new StringWriter();
    private final CommandLine commands = Commands.commandLine().setErr(new Terminal(err));

    @BeforeEach
    void capture() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void release() {
        logger.setAdditive(true);
        logger.detachAppender(log);
    }

    private int report(Exception failure) {
        return ErrorReporter.failed(failure, commands, null);
    }

    @Test
    void aFailureForAPersonIsPrintedInItsOwnWordsAlone() {
        var code = report(new CommandFailure("the stop took too long"));

        assertThat(code).isEqualTo(1);
        assertThat(err).hasToString("the stop took too long" + System.lineSeparator());
        assertThat(log.list).isEmpty();
    }

    @Test
    void aFailureOfTheBrokerHasAnExitCodeOfItsOwn() {
        var refused = new BrokerException(BrokerException.Kind.REFUSED, "the broker\nrefuses");

        assertThat(report(refused)).isEqualTo(3);
        assertThat(report(new IllegalStateException("outside", refused))).isEqualTo(3);
        assertThat(err.toString().lines()).containsExactly("the broker\\nrefuses", "outside");
        assertThat(log.list).isEmpty();
    }

    @Test
    void everyProblemOfAConfigurationHasALine() {
        var invalid = Assertions.catchThrowableOfType(
                InvalidConfigException.class,
                () -> ConfigLoader.parse("nonsense: 1\nmore: 2", "x.yaml").orThrow());

        assertThat(report(invalid)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(3).anyMatch(line -> line.contains("nonsense"));
        assertThat(log.list).isEmpty();
    }

    @Test
    void anyOtherFailureIsPrintedWithWhatHelpsToReportIt() {
        var fault = new IllegalStateException("an assumption does not hold");

        var code = report(fault);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .contains("java.lang.IllegalStateException: an assumption does not hold", "Please report it")
                .contains("busbar (not packaged)", "Java " + System.getProperty("java.version"))
                .contains(System.getProperty("os.name"));
        assertThat(log.list)
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getThrowableProxy().getMessage()).isEqualTo(fault.getMessage()));
    }
}
