package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The examples of the pages, and how those of each language are run: all beside one broker, as far as they need one.
 */
final class Examples {

    /** Those that say why not are left out. */
    private static final List<Block> ALL = Page.all().stream()
            .flatMap(page -> page.blocks().stream())
            .filter(block -> !block.isExcused())
            .toList();

    private final Path folder;
    private final String broker;
    private Server demo;
    private JavaPrograms java;

    Examples(Path folder, String broker) {
        this.folder = folder;
        this.broker = broker;
    }

    static Stream<Block> all() {
        return ALL.stream();
    }

    static Stream<Block> in(String language) {
        return ALL.stream().filter(block -> block.language().equals(language));
    }

    Checkout checkout() throws IOException {
        return new Checkout(Files.createTempDirectory(folder, "checkout"), broker);
    }

    /** The Busbar that a page tells to start first. */
    synchronized Server demo() throws IOException {
        if (demo == null) {
            demo = new Server(checkout(), "java -jar target/busbar.jar run --demo");
        }
        return demo;
    }

    void java(Block block) throws IOException, InterruptedException {
        if (java == null) {
            java = new JavaPrograms(
                    Files.createTempDirectory(folder, "java"), in("java").toList(), checkout()::here);
        }
        java.run(block);
    }

    /** A configuration has to be one that can be started, and that says what is meant. */
    void yaml(Block block) throws Exception {
        var example = YamlExample.of(block);
        if (example.isForPrometheus()) {
            new PrometheusExamples(this).scrape(example);
        } else {
            var checked =
                    CommandLineRun.of("check", example.configuration(checkout()).toString());
            assertThat(checked.code()).as(checked.err()).isZero();
            assertThat(checked.out()).doesNotContain("warning");
        }
    }

    void promql(Block block) throws IOException, InterruptedException {
        new PrometheusExamples(this).query(block);
    }

    YamlExample configurationAfter(Block block) {
        return configurations(block)
                .filter(it -> it.line() > block.line())
                .findFirst()
                .map(YamlExample::of)
                .orElseThrow(() -> new AssertionError("no configuration follows " + block));
    }

    YamlExample configurationBefore(Block block) {
        return configurations(block)
                .filter(it -> it.line() < block.line())
                .max(Comparator.comparing(Block::line))
                .map(YamlExample::of)
                .orElseThrow(() -> new AssertionError("no configuration precedes " + block));
    }

    private static Stream<Block> configurations(Block block) {
        return in("yaml").filter(it -> it.page().equals(block.page()));
    }

    void stop() throws IOException, InterruptedException {
        if (demo != null) {
            try (var running = demo) {
                running.stop();
            }
        }
    }
}
