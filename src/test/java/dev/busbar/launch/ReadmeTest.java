package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.config.RouteConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Its command lines are run by {@link RunnableJarIT}. */
class ReadmeTest {

    private final String readme = read(Path.of("README.md"));

    @Test
    void itsConfigurationLoads() {
        var json = Pattern.compile("new JsonObject\\(\"\"\"(.*?)\"\"\"", Pattern.DOTALL)
                .matcher(readme);
        assertThat(json.find()).isTrue();

        assertThat(ConfigLoader.fromJson(new JsonObject(json.group(1))).routes())
                .extracting(RouteConfig::name)
                .containsExactly("builds", "changes");
    }

    @Test
    void itNamesEveryCommandAndOnlyFilesThatExist() {
        assertThat(Main.commandLine().getSubcommands().keySet())
                .allSatisfy(command -> assertThat(readme).contains("| `" + command));
        assertThat(Pattern.compile("]\\(([^)#]+)").matcher(readme).results().map(link -> Path.of(link.group(1))))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void thePagesLinkToWhatExists() throws IOException {
        try (var pages = Files.list(Path.of("src/site/markdown"))) {
            assertThat(pages)
                    .isNotEmpty()
                    .allSatisfy(page -> assertThat(Pattern.compile("]\\(([^)#:]*)(#[^)]+)?\\)")
                                    .matcher(read(page))
                                    .results())
                            .allSatisfy(link -> {
                                var target = link.group(1).isEmpty()
                                        ? page
                                        : page.resolveSibling(link.group(1)).normalize();
                                assertThat(target).exists();
                                if (link.group(2) != null) {
                                    assertThat(anchors(target)).contains(link.group(2));
                                }
                            }));
        }
    }

    private static List<String> anchors(Path page) {
        return read(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> "#"
                        + line.replaceFirst("^#+ ", "")
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^a-z0-9 -]", "")
                                .replace(' ', '-'))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
