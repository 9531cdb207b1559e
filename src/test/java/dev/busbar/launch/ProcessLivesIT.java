package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Slow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a process leaves at RabbitMQ when it is stopped, and when it is killed. */
@Timeout(300)
@ExtendWith(RabbitExtension.class)
class ProcessLivesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static RabbitNode node;

    @TempDir
    private Path folder;

    private final String exchange = "lives-" + UUID.randomUUID();
    private Path config;

    @BeforeAll
    static void start(RabbitNode shared) {
        node = shared;
    }

    @BeforeEach
    void configure() throws IOException {
        config = write("until-stop", "persistent");
    }

    private Path write(String... lives) throws IOException {
        var routes = new StringBuilder();
        for (var life : lives) {
            routes.append("  - {name: %2$s, from: {filter: 'k.#', queue: {name: %1$s.%2$s, life: %2$s}},"
                            .formatted(exchange, life))
                    .append(" to: {address: a, delivery: publish}}\n");
        }
        return Files.writeString(
                folder.resolve("busbar.yaml"),
                "broker: {uri: '%s'}\nexchange: {name: %s}\nmanagement: {port: 0}\nroutes:\n%s"
                        .formatted(node.amqpUri(), exchange, routes));
    }

    private Command up() throws IOException {
        return Command.start("java -jar target/busbar.jar run --show --config " + config)
                .printing("Ctrl-C stops it.", PATIENCE);
    }

    private String queues() {
        return node.ctl("list_queues", "name");
    }

    private String exchanges() {
        return node.ctl("list_exchanges", "name");
    }

    private interface Use {
        void of(Channel channel) throws Exception;
    }

    private static void use(Use use) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(node.amqpUri());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
            use.of(channel);
        }
    }

    @Test
    void sigtermRemovesUntilStopQueuesAndLeavesPersistentOnesAndTheExchange() throws Exception {
        try (var run = up()) {
            assertThat(queues()).contains(exchange + ".until-stop", exchange + ".persistent");
            run.signal("TERM");
            assertThat(run.exit()).isZero();
        }
        assertThat(queues()).contains(exchange + ".persistent").doesNotContain(exchange + ".until-stop");
        assertThat(exchanges().lines()).contains(exchange);
        use(channel -> {
            channel.queueDelete(exchange + ".persistent");
            channel.exchangeDelete(exchange);
        });
    }

    @Slow
    @Test
    void aKilledProcessLeavesBothAndTheNextOneDeliversWhatCameMeanwhile() throws Exception {
        try (var run = up()) {
            run.signal("KILL");
            run.exit();
        }
        use(channel ->
                channel.basicPublish(exchange, "k.meanwhile", null, "{\"missed\":1}".getBytes(StandardCharsets.UTF_8)));
        config = write("until-stop");
        try (var run = up()) {
            run.printing("k.meanwhile  {\"missed\":1}", PATIENCE);
        }
        use(channel -> {
            channel.queueDelete(exchange + ".persistent");
            channel.queueDelete(exchange + ".until-stop");
            channel.exchangeDelete(exchange);
        });
    }

    @Slow
    @Test
    void mavenRunsItToo() throws Exception {
        Requirement.command("mvn", "maven").orSkip();
        assertThat(Files.readString(Path.of("README.md"))).contains("mvn -q compile exec:java");
        var line = "mvn -q compile exec:java -Dexec.args='run --config " + config + "'";
        try (var run = Command.start(line).printing("Ctrl-C stops it.", Duration.ofSeconds(120))) {
            assertThat(queues()).contains(exchange + ".until-stop");
            run.signal("TERM");
            assertThat(run.exit()).isZero();
        }
        assertThat(queues()).doesNotContain(exchange + ".until-stop");
        use(channel -> channel.queueDelete(exchange + ".persistent"));
    }
}
