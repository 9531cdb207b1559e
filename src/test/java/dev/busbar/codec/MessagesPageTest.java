package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares the tables of messages.md with the code. Rewrite them with {@code mvn test -Dtest=MessagesPageTest
 * -Dbusbar.rewrite=true}.
 */
class MessagesPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/messages.md");

    @Test
    void itsTablesSayWhatTheCodeDoes() throws Exception {
        var page = Files.readString(PAGE);
        var rendered = replaced(replaced(page, "properties", properties()), "headers", headers());
        if (Boolean.getBoolean("busbar.rewrite")) {
            Files.writeString(PAGE, rendered);
        }

        assertThat(rendered)
                .as("rewrite it with mvn test -Dtest=MessagesPageTest -Dbusbar.rewrite=true")
                .isEqualTo(Files.readString(PAGE));
    }

    private static String replaced(String page, String table, String rows) {
        var begin = "<!-- table: " + table + ", made from the code by MessagesPageTest -->\n";
        var end = "<!-- end of table -->\n";
        assertThat(page).containsOnlyOnce(begin);
        var from = page.indexOf(begin) + begin.length();
        return page.substring(0, from) + rows + page.substring(page.indexOf(end, from));
    }

    private static String properties() {
        return table(
                row("event bus header", "AMQP 0-9-1", "AMQP 1.0", "written as"),
                Arrays.stream(Property.values()).map(it -> row("`" + it.header + "`", it.amqp091, it.amqp10, it.type)));
    }

    private static String headers() {
        return table(
                row("type", "Java", "AMQP 0-9-1", "AMQP 1.0", "written as"),
                Arrays.stream(HeaderType.values())
                        .map(it -> row("`" + it.label() + "`", java(it), it.amqp091, it.amqp10, it.text)));
    }

    private static String java(HeaderType type) {
        return "`" + (type == HeaderType.NULL ? "null" : type.javaType.getSimpleName()) + "`";
    }

    private static String table(String head, Stream<String> rows) {
        var line = head.replaceAll("[^|\n]+", "---");
        return head + line + rows.collect(Collectors.joining());
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
