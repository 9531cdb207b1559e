package dev.busbar.broker.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the table of what differs on purpose from vertx-rabbitmq-client with the tests that show it. */
class DifferencesTest {

    private static final Path SOURCE = Path.of("src/main/java/dev/busbar/broker/rabbitmq/EventLoopRabbitMQClient.java");
    private static final Pattern ROW = Pattern.compile("<tr><td>(.*?)</td><td>", Pattern.DOTALL);

    @Test
    void eachRowHasATestAndEachTestARow() throws Exception {
        assertThat(rows()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(shown().distinct()).containsExactlyInAnyOrderElementsOf(rows());
    }

    private static List<String> rows() throws IOException {
        var rows = new ArrayList<String>();
        var found = ROW.matcher(Files.readString(SOURCE));
        while (found.find()) {
            rows.add(found.group(1)
                    .replaceAll("\\s*\\n \\*\\s*", " ")
                    .replaceAll("\\{@code ([^}]*)}", "$1")
                    .strip());
        }
        return rows;
    }

    private static Stream<String> shown() throws Exception {
        var folder = Path.of(DifferencesTest.class.getResource("").toURI());
        try (var files = Files.list(folder)) {
            var names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("IT.class") || name.endsWith("Test.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
            var shown = new ArrayList<String>();
            for (var name : names) {
                Arrays.stream(Class.forName(DifferencesTest.class.getPackageName() + "." + name)
                                .getDeclaredMethods())
                        .map(method -> method.getAnnotation(Differs.class))
                        .filter(Objects::nonNull)
                        .forEach(differs -> shown.add(differs.value()));
            }
            return shown.stream();
        }
    }
}
