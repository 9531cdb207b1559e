package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Tests that the packed jar's log escapes control characters in messages and exceptions, whoever logs them. */
class PrintableLogTest {

    private static final String EVIL = "a\u001b[2J\u009b31m\n00:00:00.000 ERROR forged - line\r\u202e\u2028b";
    private static final String SHOWN = "a\\u001b[2J\\u009b31m\\n00:00:00.000 ERROR forged - line\\r\\u202e\\u2028b";

    @Test
    void everyMessageIsOneLineWithoutControlCharacters() throws Exception {
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

    /** Outsiders could repeat this: Vert.x warns of each message for a handler that a browser has just unregistered. */
    @Test
    void messagesForUnregisteredConsumersAreNotLogged() throws Exception {
        var consumers = "io.vertx.core.eventbus.impl.MessageConsumerImpl";

        var log = logged(context -> {
            var library = context.getLogger(consumers);
            library.warn("Discarding message since the consumer is not registered. address: news");
            library.warn("Discarding message as more than 1000 buffered in paused consumer. address: news");
            context.getLogger("other").warn("Discarding message since the consumer is not registered. address: news");
        });

        assertThat(log.lines())
                .satisfiesExactly(
                        it -> assertThat(it).contains("more than 1000"),
                        it -> assertThat(it).contains("other"));
    }

    private static String logged(String argument, Exception failure) throws JoranException {
        return logged(context -> context.getLogger("some.library").error("said {}", argument, failure));
    }

    private static String logged(Consumer<LoggerContext> logging) throws JoranException {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        var bytes = new ByteArrayOutputStream();
        var usual = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(PrintableLogTest.class.getResource("logback.xml"));
            logging.accept(context);
        } finally {
            System.setErr(usual);
            context.stop();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
