package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.busbar.launch.Command;
import dev.busbar.testing.Requirement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the commands of the pages in a {@link Checkout}, beside a {@code run --demo}. One that serves until it is
 * stopped is stopped once it works; every other has to end well. Maven builds nothing here: see {@link MavenLine}.
 */
final class CommandLines {

    private static final Pattern COMMENT = Pattern.compile("\\s+# .*$");

    /** Where Debian has what does not come with Java. */
    private static final Map<String, String> PACKAGES =
            Map.of("amqp-publish", "amqp-tools", "curl", "curl", "mvn", "maven");

    private final Examples examples;

    CommandLines(Examples examples) {
        this.examples = examples;
    }

    /** One line for each command. */
    static List<String> of(Block block) {
        return Stream.of(block.text().replaceAll("\\\\\n\\s*", "").split("\n"))
                .map(line -> COMMENT.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    void run(Block block) throws Exception {
        var checkout = examples.checkout();
        for (var line : of(block)) {
            run(block, line, checkout);
        }
    }

    /** @param checkout where what has been started is not disturbed */
    private void run(Block block, String line, Checkout checkout) throws Exception {
        if (line.equals("java -jar target/busbar.jar run --demo")) {
            examples.demo();
        } else if (line.startsWith("mvn dependency:")) {
            end(line, checkout);
        } else if (line.startsWith("mvn ")) {
            assertThat(MavenLine.exists(line)).as(line).isTrue();
        } else if (line.matches(".*busbar\\.jar\\S* (\\S+ )?run( .*)?")) {
            serve(block, line, checkout);
        } else if (line.startsWith("java -jar target/busbar.jar tail ")) {
            tail(line);
        } else if (line.startsWith("java -cp target/busbar.jar ")) {
            program(block, line, checkout);
        } else {
            end(line, examples.demo().checkout());
        }
    }

    private void serve(Block block, String line, Checkout checkout) throws Exception {
        var config = line.contains("FILE") ? examples.configurationAfter(block).configuration(checkout) : null;
        assumeTrue(
                !line.contains("infinispan") || Runtime.version().feature() < 24,
                "the page says that Infinispan 14 does not start on Java 24");
        try (var server = new Server(checkout, line.replace("FILE", String.valueOf(config)))) {
            server.stop();
        }
    }

    private void tail(String line) throws Exception {
        try (var tail = examples.demo().checkout().start(line)) {
            tail.printing("listening for ", Prints.PATIENCE);
            tail.printing("  builds.", Prints.PATIENCE);
            tail.signal("INT");
            assertThat(tail.exit()).isEqualTo(130);
        }
    }

    /** One that the page shows. */
    private void program(Block block, String line, Checkout checkout) throws Exception {
        var program = block.page().blocks().stream()
                .filter(it -> it.language().equals("java") && line.contains(JavaPrograms.name(it) + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page has no such program"));
        checkout.write(JavaPrograms.name(program) + ".java", checkout.here(program.text()));
        try (var running = checkout.start(line)) {
            Prints.expect(program, running);
            running.signal("INT");
            assertThat(running.exit()).isIn(0, 130);
            Prints.assertQuiet(running.out() + running.err());
        }
    }

    private void end(String line, Checkout checkout) throws IOException, InterruptedException {
        var program = line.split(" ")[0];
        if (PACKAGES.containsKey(program)) {
            Requirement.command(program, PACKAGES.get(program)).orSkip();
        }
        try (Command command = checkout.start(line)) {
            assertThat(command.exit()).as(line + "\n" + command.err()).isZero();
        }
    }
}
