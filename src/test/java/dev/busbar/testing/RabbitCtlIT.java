package dev.busbar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.rabbitmq.client.ConnectionFactory;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the commands of one long-lived Erlang VM with those of {@code rabbitmqctl} as anybody runs it. */
@Slow
@Timeout(300)
class RabbitCtlIT {

    private static final List<List<String>> COMMANDS = List.of(
            List.of("list_users"),
            List.of("list_queues", "--formatter", "json"),
            List.of("eval", "{lists:seq(1, 3), <<\"ü€\"/utf8>>, node()}."),
            List.of("eval", "syntax error."),
            List.of("version"),
            List.of("list_queue"),
            List.of("delete_user", "nobody"),
            List.of("list_queues", "--vhost", "nowhere"));

    @ParameterizedTest
    @EnumSource
    void printsAndFailsAsRabbitmqctlDoes(RabbitRelease release) throws Exception {
        try (RabbitNode node = RabbitNode.start(release, RabbitSettings.PLAIN);
                RabbitNode other = RabbitNode.start(release, RabbitSettings.PLAIN)) {
            var factory = new ConnectionFactory();
            factory.setUri(node.amqpUri());
            try (var connection = factory.newConnection()) {
                connection.createChannel().queueDeclare("durable ü", true, false, false, null);
            }
            node.addUser("ümlaut", "password");
            node.ctl("delete_user", "ümlaut");
            node.addUser("somebody", "€ \"'$HOME");

            assertThat(node.ctl("authenticate_user", "somebody", "€ \"'$HOME")).isEqualTo("Success\n");
            assertThat(node.ctl("list_users").lines()).contains("somebody\t[]");
            assertThat(other.ctl("list_users")).doesNotContain("somebody");
            assertSoftly(softly -> COMMANDS.forEach(words -> compare(softly, node, words)));

            node.stop();
            assertSoftly(softly -> compare(softly, node, List.of("list_queues")));
            assertThat(other.ctl("eval", "node().").strip()).contains(other.erlangName());
        }
    }

    private static void compare(SoftAssertions softly, RabbitNode node, List<String> words) {
        var command = words.toArray(String[]::new);
        softly.assertThat(result(() -> node.ctl(command)))
                .as("%s", words)
                .isEqualTo(result(() -> node.ctlAlone(command)));
    }

    /**
     * The number in the name of the Erlang node of a command is random, the VM has a home of its own, and whether the
     * broker's log gets here before the command ends is a matter of chance.
     */
    private static List<String> result(Supplier<String> command) {
        String text;
        try {
            text = command.get();
        } catch (IllegalStateException e) {
            text = e.getMessage();
        }
        return text.replaceAll("rabbitmqcli-\\d+", "rabbitmqcli-N")
                .replaceAll("(home directory: ).*", "$1HOME")
                .replaceAll("\\n+\\d\\d:\\d\\d:\\d\\d\\.\\d+ \\[warning\\] .*", "")
                .lines()
                .toList();
    }
}
