package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests parts of the command line that need no broker: parsing, validation, exit codes. */
class CommandLineTest {

    @TempDir
    private Path folder;

    @Test
    void noArgumentsShowTheUsage() {
        var run = CommandLineRun.of();

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: busbar", "run", "check", "publish", "tail", "health", "Exit codes:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "check", "publish", "tail", "health"})
    void everyCommandHasHelpWithTheExitCodes(String command) {
        var run = command.isEmpty() ? CommandLineRun.of("--help") : CommandLineRun.of(command, "--help");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: busbar " + command, "Exit codes:", "bad configuration");
    }

    @Test
    void theVersionIsPrinted() {
        var run = CommandLineRun.of("--version");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("busbar ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "runn | Did you mean: busbar run",
                "run --instances 0 | --instances: 0 is not at least 1",
                "run --instances many | 'many' is not an int",
                "check | Missing required parameter: 'FILE'",
                "publish a.b | Missing required parameter: 'JSON'",
                "publish a.* {} | KEY: routing key 'a.*' has a '*'",
                "publish a.b {\"id\": | JSON: '{\"id\":' is not JSON (",
                "publish a.b {}{} | JSON: '{}{}' is not JSON (",
                "publish a.b {} --uri http://localhost | http",
                "publish a.b {} --uri embedded | the embedded broker is reached by its port",
                "tail a.b# | FILTER: filter 'a.b#'",
                "tail # --count 0 | --count: 0 is not at least 1",
                "tail # --config nowhere.yaml | nowhere.yaml",
            })
    void mistakesAreExplainedWithoutAStackTrace(String line, String explanation) {
        var run = CommandLineRun.of(line.split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(explanation).doesNotContain("\tat ", "Exception");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void checkSaysThatTheShippedConfigurationIsValid() {
        var run = CommandLineRun.of("check", "conf/busbar.yaml");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("conf/busbar.yaml is valid: 2 routes, broker ");
        assertThat(run.code()).isZero();
    }

    @Test
    void checkSaysWhatIsLostIfTheProcessIsKilled() throws Exception {
        var run = CommandLineRun.of(
                "check", write("routes: [{name: out, from: {address: a}, to: {key: k}, buffer: {messages: 7}}]"));

        assertThat(run.out())
                .endsWith("If this process is killed, messages that no broker has confirmed are lost: at most 7 (64MiB)"
                        + " of route 'out'.\n");
    }

    @Test
    void checkListsEveryProblemWithPathValueAndRemedy() throws Exception {
        var run = CommandLineRun.of("check", write("""
                broker: {uri: "http://x"}
                routes:
                  - {name: a, from: {filter: "a.*"}, to: {address: x, delivery: shout}}
                managment: {port: 1}
                """));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("3 problems")
                .contains("broker.uri = http://x")
                .contains("routes[0].to.delivery = shout")
                .contains("managment")
                .doesNotContain("\tat ");
    }

    /** Control characters are escaped in keys, names and values, and in rejected arguments. */
    @Test
    void controlCharactersAreEscaped() throws Exception {
        var evil = "a\\e[31m\\x9b2J\\u202e\\nb";

        var refused = CommandLineRun.of("check", write("""
                "%1$s": 1
                exchange: {type: "%1$s"}
                web: {anonymous: "%1$s", roles: {"%1$s": {}}, auth: {htpasswd: 5}}
                routes: [{name: "%1$s", from: {filter: "%1$s"}, to: {address: a}}]
                """.formatted(evil)));
        var hidden = CommandLineRun.of("check", write("cluster: {file: \"a\\u202eb\"}"));
        var argued = CommandLineRun.of("publish", "a\u001b[31m\nb.*", "\u001b[2J", "--\u009b=\n");

        assertThat(refused.err().lines().skip(1)).hasSize(7).allMatch(line -> line.startsWith("  - line "));
        assertThat(refused.err()).contains("routes[0].name = a\\u001b[31m\\u009b2J\\u202e\\nb");
        assertThat(hidden.err()).contains("cluster.file = a\\u202eb");
        assertThat(refused.err() + hidden.err() + argued.err())
                .doesNotContain("\u001b", "\u009b", "\u202e", "\r", "\nb");
    }

    @Test
    void checkShowsWarningsAndSucceeds() throws Exception {
        var run = CommandLineRun.of("check", write("""
                routes:
                  - {name: a, from: {filter: "a.*", queue: {name: q, life: persistent}}, to: {address: x}}
                """));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("warning: line ", "routes[0].from.queue.life = persistent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --config", "check"})
    void aClusterOfNodesWithABrokerEachIsRefused(String command) throws Exception {
        var run = CommandLineRun.of((command + " " + write("cluster: {enabled: true}")).split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("broker.uri = embedded", "one broker for all nodes");
    }

    /** Every URI scheme that the configuration accepts has a transport. */
    @ParameterizedTest
    @ValueSource(strings = {"embedded", "amqp://a", "amqps://a", "amqp10://a", "amqp10s://a"})
    void everyProtocolIsSupported(String uri) throws Exception {
        var run = CommandLineRun.of("check", write("broker: {uri: \"" + uri + "\"}"));

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void anUnknownProtocolIsRefusedByName() throws Exception {
        var run = CommandLineRun.of("check", write("broker: {uri: \"mqtt://localhost\"}"));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("broker.uri = mqtt://").contains("amqp10");
    }

    @Test
    void theEmbeddedBrokerOnAnyPortCannotBeFoundByOthers() throws Exception {
        var run = CommandLineRun.of("tail", "#", "--config", write("broker: {embedded: {port: 0}}"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("--uri");
    }

    @Test
    void anUnreachableBrokerHasItsOwnExitCode() {
        var run = CommandLineRun.of("publish", "a.b", "{}", "--uri", "amqp://127.0.0.1:1", "--timeout", "1");

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("cannot reach a broker at 127.0.0.1:1").doesNotContain("\tat ");
    }

    private String write(String yaml) throws Exception {
        return Files.writeString(folder.resolve("busbar.yaml"), yaml).toString();
    }
}
