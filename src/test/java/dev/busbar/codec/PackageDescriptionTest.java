package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the tables in the package's Javadoc with the code. */
class PackageDescriptionTest {

    @Test
    void itsTablesAreThoseOfTheCode() throws IOException {
        List<String> expected = new ArrayList<>();
        expected.add(row("th", "event bus header", "AMQP 0-9-1", "AMQP 1.0", "written as"));
        for (Property property : Property.values()) {
            expected.add(row("td", property.header, property.amqp091, property.amqp10, property.type));
        }
        expected.add(row("th", "type", "Java", "AMQP 0-9-1", "AMQP 1.0", "written as"));
        for (HeaderType type : HeaderType.values()) {
            String java = type == HeaderType.NULL ? "null" : type.javaType.getSimpleName();
            expected.add(row("td", type.label(), java, type.amqp091, type.amqp10, type.text));
        }

        assertThat(rowsOfTheDescription()).containsExactlyElementsOf(expected);
    }

    private static String row(String cell, String... texts) {
        return Arrays.stream(texts)
                        .map(text -> "<" + cell + ">" + text + "</" + cell + ">")
                        .reduce("<tr>", String::concat)
                + "</tr>";
    }

    private static List<String> rowsOfTheDescription() throws IOException {
        Path source = Path.of("src/main/java/dev/busbar/codec/package-info.java");
        try (Stream<String> lines = Files.lines(source)) {
            return lines.filter(line -> line.contains("<tr>"))
                    .map(line -> line.replaceFirst("^ \\* *", ""))
                    .toList();
        }
    }
}
