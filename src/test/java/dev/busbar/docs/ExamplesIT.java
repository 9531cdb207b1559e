package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the documentation does what its page says. */
@ExtendWith(RabbitExtension.class)
@Timeout(300)
class ExamplesIT {

    /** How an example is run. */
    @FunctionalInterface
    interface Runner {
        void run(Block block, Examples examples) throws Exception;
    }

    static final Map<String, Runner> RUNNERS = Map.of(
            "java", (block, examples) -> examples.java(block),
            "js", (block, examples) -> new JavaScriptPrograms(examples).run(block),
            "json", (block, examples) -> examples.yaml(block),
            "promql", (block, examples) -> examples.promql(block),
            "python", PythonPrograms::run,
            "sh", (block, examples) -> new CommandLines(examples).run(block),
            "yaml", (block, examples) -> examples.yaml(block));

    @TempDir
    private static Path folder;

    private static Examples examples;

    @BeforeAll
    static void inAVirtualHostOfItsOwn(RabbitNode node) {
        node.addVirtualHost("examples");
        examples = new Examples(folder, node.amqpUri("guest", "guest", "examples"));
    }

    @AfterAll
    static void stop() throws Exception {
        examples.stop();
    }

    static Stream<Block> examples() {
        return Examples.all();
    }

    static Stream<String> addresses() {
        return Page.all().stream().flatMap(Page::localAddresses).distinct();
    }

    /** Of the console, of health, of metrics, with the shipped configuration. */
    @ParameterizedTest
    @MethodSource("addresses")
    void answers(String address) throws Exception {
        try (var curl = examples.demo().checkout().start("curl -o page " + address)) {
            assertThat(curl.exit()).as(curl.err()).isZero();
        }
    }

    static Stream<String> administration() {
        return Page.all().stream()
                .flatMap(page -> page.spans().stream())
                .filter(span -> span.startsWith("rabbitmqctl "))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("administration")
    void isKnownToRabbitMq(String command, RabbitNode node) {
        var words = command.split(" ");
        var help = node.ctl("help", words[1]);

        assertThat(Stream.of(words).filter(word -> word.startsWith("--"))).allMatch(help::contains);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void works(Block block) throws Exception {
        RUNNERS.get(block.language()).run(block, examples);
    }
}
