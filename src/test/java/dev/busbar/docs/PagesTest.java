package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.CommandLineRun;
import dev.busbar.launch.CommandSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages name exists: other pages, commands with their options, keys, files and tests. */
class PagesTest {

    /** Run by tests of their own, which read the indented lines. */
    private static final Set<Path> RUN_ELSEWHERE = Set.of(Path.of("conf/buildbot/README.md"));

    private static final Pattern BUSBAR =
            Pattern.compile("(?:[A-Z_]+=\\S+ )?(?:java -jar target/busbar\\.jar|busbar) (.+)");

    private static final Set<String> BUILDBOT_OPTIONS = Set.of("--nodaemon", "--clean");

    private static final Set<String> KEYS = ConfigurationKeys.all();

    private static final Set<String> TESTS = classesIn("src/test/java");

    static Stream<Page> pages() {
        return Page.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyExampleIsInAFence(Page page) {
        if (!RUN_ELSEWHERE.contains(page.file())) {
            assertThat(page.indentedExamples())
                    .as("write it between ``` and name its language, so that it is run")
                    .isEmpty();
        }
        assertThat(page.prose()).noneMatch(line -> line.contains("<pre"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyExampleIsRunOrSaysWhyNot(Page page) {
        assertThat(page.blocks().stream()
                        .filter(block -> !block.isExcused())
                        .filter(block -> !ExamplesIT.RUNNERS.containsKey(block.language())))
                .as("name a language of %s, or write <!-- not run: REASON --> above", ExamplesIT.RUNNERS.keySet())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadToWhatExists(Page page) {
        assertThat(page.links().stream().filter(link -> !link.matches("[a-z]+:.*")))
                .allSatisfy(link -> {
                    var parts = link.split("#", 2);
                    var target = parts[0].isEmpty()
                            ? page.file()
                            : page.file().resolveSibling(parts[0]).normalize();
                    assertThat(target).exists();
                    if (parts.length == 2) {
                        assertThat(Page.of(target).anchors()).contains(parts[1]);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void commandsAndTheirOptionsExist(Page page) {
        assertThat(Stream.concat(page.spans().stream(), page.commandLines()).filter(it -> !isRight(it)))
                .isEmpty();
    }

    /** Whatever is no command is. */
    private static boolean isRight(String span) {
        var busbar = BUSBAR.matcher(span);
        if (busbar.matches()) {
            return CommandSyntax.accepts(words(busbar.group(1)));
        }
        return span.startsWith("mvn ") ? MavenLine.exists(span) : !span.startsWith("--") || isOption(span);
    }

    private static boolean isOption(String span) {
        var name = span.split("[ =]")[0];
        return BUILDBOT_OPTIONS.contains(name) || CommandSyntax.isOption(name) || MavenLine.isBenchOption(name);
    }

    /** As a shell would, where nothing is quoted but in single quotes. */
    private static String[] words(String line) {
        return Pattern.compile("'[^']*'|\\S+")
                .matcher(line.replace(" N", " 1"))
                .results()
                .map(word -> word.group().replace("'", ""))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"buildbot", "busbar", "qpid", "rabbitmq"})
    void commandsAtTheTopOfConfigurationsDoWhatIsSaid(String name) throws IOException {
        var commands = BUSBAR.matcher(Files.readString(Path.of("conf", name + ".yaml")))
                .results()
                .map(it -> it.group(1).split("\\s{2,}")[0])
                .toList();

        assertThat(commands)
                .containsExactly("run --config conf/" + name + ".yaml", "check conf/" + name + ".yaml")
                .allMatch(command -> CommandSyntax.accepts(words(command)));
        var check = CommandLineRun.of(words(commands.get(1)));
        assertThat(check.code()).isZero();
        assertThat(check.out()).doesNotContain("warning");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void keysExist(Page page) {
        assertThat(page.spans().stream()
                        .filter(ConfigurationKeys::isKey)
                        .map(span -> span.split(":")[0])
                        .filter(key -> !KEYS.contains(key)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void filesAndTestsExist(Page page) {
        assertThat(page.spans().stream()
                        .filter(span -> span.matches("(conf|src)/\\S+"))
                        .map(Path::of))
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(page.spans().stream()
                        .filter(span -> span.matches("[A-Z]\\w+(Test|IT)"))
                        .filter(test -> !TESTS.contains(test)))
                .isEmpty();
    }

    /** Other pages name what is of other projects, too. */
    @Test
    void classesOfTheArchitectureExist() {
        var classes = classesIn("src/main/java");
        classes.addAll(TESTS);

        assertThat(Page.of(Path.of("src/site/markdown/architecture.md")).spans().stream()
                        .filter(span -> span.matches("[A-Z][a-z]\\w+")))
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(classes).contains(name));
    }

    private static Set<String> classesIn(String folder) {
        try (var files = Files.walk(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
