package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the log of the packed jar makes of what is in messages and exceptions, whoever logs them. */
class PrintableLogTest {

    private static final String EVIL = "a\u001b[2J\u009b31m\n00:00:00.000 ERROR forged - line\r\u202e\u2028b";
    private static final String SHOWN = "a\\u001b[2J\\u009b31m\\n00:00:00.000 ERROR forged - line\\r\\u202e\\u2028b";

    @Test
    void isOneLineForEachAndNothingThatATerminalObeys() throws Exception {
        var cause = new IllegalStateException(EVIL);
        cause.addSuppressed(new IllegalArgumentException("suppressed " + EVIL));
        var failure = new RuntimeException("outer " + EVIL, cause);

        var log = logged(EVIL, failure);

        assertThat(log)
                .contains("said " + SHOWN, "RuntimeException: outer " + SHOWN, "IllegalStateException: " + SHOWN)
                .contains("IllegalArgumentException: suppressed " + SHOWN)
                .doesNotContain("\u001b", "\u009b", "\u202e", "\u2028", "\r");
        assertThat(log.lines())
                .allMatch(line -> line.matches("\\d\\d:.*said.*|java\\..*|\t.*|\\s*(Caused by|Suppressed).*"));
    }

    private static String logged(String argument, Exception failure) throws JoranException {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var bytes = new ByteArrayOutputStream();
        var usual = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(PrintableLogTest.class.getResource("logback.xml"));
            context.getLogger("some.library").error("said {}", argument, failure);
        } finally {
            System.setErr(usual);
            context.stop();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
