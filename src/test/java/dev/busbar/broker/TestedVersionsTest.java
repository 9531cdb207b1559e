package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitRelease;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.ActiveMQConnectionMetaData;
import org.apache.activemq.artemis.utils.VersionLoader;
import org.apache.qpid.server.configuration.CommonProperties;
import org.junit.jupiter.api.Test;

/**
 * Writes the versions that tests run with into {@code brokers.md}. A run with other versions changes the page, for
 * whoever commits next. The page keeps its entry for a broker that is not installed.
 */
class TestedVersionsTest {

    private static final Path PAGE = Path.of("src/site/markdown/brokers.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| tests run with \\|.*\\|$");

    @Test
    void thePageNamesWhatTestsRunWith() throws Exception {
        var page = Files.readString(PAGE);
        assertThat(ROW.matcher(page).results())
                .as("rows 'tests run with' of " + PAGE)
                .hasSize(1);

        row().ifPresent(row -> write(ROW.matcher(page).replaceFirst(row), page));
    }

    private static void write(String now, String before) {
        if (!now.equals(before)) {
            System.err.println(PAGE + " names other versions now; please commit it");
            try {
                Files.writeString(PAGE, now);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Returns the versions in the order of the table's columns; empty unless every release of RabbitMQ is installed.
     */
    private static Optional<String> row() {
        var three = RabbitRelease.V3.version();
        var four = Stream.of(RabbitRelease.V4, RabbitRelease.V4_0)
                .flatMap(release -> release.version().stream())
                .toList();
        if (three.isEmpty() || four.size() < 2) {
            return Optional.empty();
        }
        var fours = String.join(", ", four);
        var brokerJ = CommonProperties.getReleaseVersion();
        return Optional.of(Stream.of(
                        fours + ", " + three.get(),
                        brokerJ,
                        brokerJ,
                        three.get(),
                        fours,
                        VersionLoader.getVersion().getFullVersion(),
                        "ActiveMQ Classic " + ActiveMQConnectionMetaData.PROVIDER_VERSION)
                .collect(Collectors.joining(" | ", "| tests run with | ", " |")));
    }
}
