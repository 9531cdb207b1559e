package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.testing.RabbitNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --connect} against a RabbitMQ on which others have exchanges and queues. */
abstract class CheckConnectContract {

    private static final String HOST = "checked";
    private static final String USER = "checker";
    private static final Map<String, Object> SHORT_LIVED = Map.of("x-message-ttl", 1_000);

    private static final String BAD = """
            broker: {uri: "%s"}
            exchange: {name: ours.x}
            routes:
              - name: theirs
                from: {queue: theirs.q}
                to: {address: a}
                onFailure: {then: park, park: {queue: theirs.parked, declare: false}}
              - name: temporary
                from: {queue: theirs.tmp}
                to: {address: a}
                onFailure: {then: drop}
              - name: typo
                from: {queue: theirs.qq}
                to: {address: a}
                onFailure: {then: drop}
              - name: fits
                from: {exchange: {name: theirs.x, declare: passive}, filter: "#", queue: ours.fits}
                to: {address: a}
                onFailure: {then: park}
              - name: differs
                from: {filter: "#", queue: ours.differs}
                to: {address: a}
                onFailure: {then: drop}
              - name: forbidden
                from: {filter: "#", queue: secret.q}
                to: {address: a}
                onFailure: {then: drop}
              - name: unreadable
                from: {queue: unreadable.q}
                to: {address: a}
                onFailure: {then: drop}
              - name: unbindable
                from: {exchange: {name: unreadable.x, declare: passive}, filter: "#", queue: ours.new}
                to: {address: a}
                onFailure: {then: drop}
              - name: out
                from: {address: b}
                to: {key: k, exchange: {name: unwritable.x, declare: false}}
            web: {enabled: false}
            """;

    private static final String GOOD = """
            broker: {uri: "%s"}
            exchange: {name: theirs.x, declare: passive}
            routes:
              - name: fits
                from: {filter: "#", queue: ours.fits}
                to: {address: a}
                onFailure: {then: drop}
              - name: theirs
                from: {queue: theirs.q}
                to: {address: a}
                onFailure: {then: drop}
              - name: out
                from: {address: b}
                to: {key: k}
            """;

    private final RabbitNode node;
    private final String scheme;

    @TempDir
    private Path folder;

    private Connection owner;

    CheckConnectContract(RabbitNode node, String scheme) {
        this.node = node;
        this.scheme = scheme;
    }

    @BeforeEach
    void declareWhatOthersHave() throws Exception {
        node.addVirtualHost(HOST);
        node.addUser(USER, USER);
        node.ctl(
                "set_permissions",
                "-p",
                HOST,
                USER,
                "^ours\\.",
                "^(ours|theirs)\\.",
                "^(ours|theirs|secret|unwritable)\\.");
        var factory = new ConnectionFactory();
        factory.setUri(node.amqpUri());
        factory.setVirtualHost(HOST);
        owner = factory.newConnection();
        declare(owner.createChannel());
    }

    private static void declare(Channel channel) throws IOException {
        for (var exchange : Set.of("theirs.x", "unreadable.x", "unwritable.x")) {
            channel.exchangeDeclare(exchange, "topic", true);
        }
        for (var queue : Set.of("theirs.q", "unreadable.q", "ours.fits")) {
            channel.queueDeclare(queue, true, false, false, Map.of());
        }
        // Gone with its first consumer, even one that takes nothing.
        channel.queueDeclare("theirs.tmp", true, false, true, Map.of());
        channel.queueDeclare("ours.differs", true, false, false, SHORT_LIVED);
        channel.queueBind("theirs.q", "theirs.x", "#");
        channel.basicPublish("", "theirs.q", null, "theirs".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void deleteAll() throws IOException {
        owner.close();
        node.ctl("delete_vhost", HOST);
        node.ctl("delete_user", USER);
    }

    private CommandLineRun check(String config) throws IOException {
        var uri = node.amqpUri(USER, USER, HOST).replaceFirst("^amqp:", scheme + ":");
        var file = Files.writeString(folder.resolve("busbar.yaml"), config.formatted(uri));
        return CommandLineRun.of("check", "--connect", file.toString());
    }

    @Test
    void everyProblemIsNamedAndNothingIsChanged() throws Exception {
        var before = definitions();

        var run = check(BAD);

        assertThat(run.err()).isEmpty();
        var found = run.out();
        assertThat(found)
                .contains("ok       queue 'theirs.q' exists (route 'theirs')")
                .contains("ok       queue 'theirs.tmp' exists (route 'temporary')")
                .contains("problem  queue 'theirs.qq' does not exist, and others are to declare it. Did you mean"
                        + " 'theirs.q'?")
                .contains("problem  queue 'theirs.parked' does not exist, and others are to declare it.")
                .contains("ok       queue 'ours.fits' exists as configured (route 'fits')")
                .contains("new      queue 'ours.fits.parked' does not exist: Busbar declares it when it starts")
                .contains("new      exchange 'ours.x' does not exist: Busbar declares it when it starts")
                .contains("problem  queue 'ours.differs' does not fit: ")
                .contains(
                        "problem  queue 'secret.q' needs a permission that the user lacks: configure queue 'secret.q'")
                .contains("problem  queue 'secret.q' needs a permission that the user lacks: write to queue 'secret.q'")
                .contains("problem  queue 'unreadable.q' needs a permission that the user lacks: read from queue")
                .contains(
                        "problem  queue 'ours.new' needs a permission that the user lacks: write to queue 'ours.new' and"
                                + " read from exchange 'unreadable.x'")
                .contains("problem  exchange 'unwritable.x' needs a permission that the user lacks: write to exchange"
                        + " 'unwritable.x' (route 'out')");
        var problems = found.lines().filter(it -> it.startsWith("  problem ")).toList();
        // Over AMQP 1.0 RabbitMQ tells of an exchange only to those who may write to it, and nothing of the default
        // one.
        if (scheme.equals("amqp10")) {
            assertThat(found).contains("unknown  exchange 'unwritable.x' may exist: ");
            assertThat(problems).hasSize(8);
        } else {
            assertThat(found)
                    .contains("ok       exchange 'unwritable.x' exists (route 'out')")
                    .contains("problem  the default exchange needs a permission that the user lacks: write to the"
                            + " default exchange, amq.default (route 'theirs', route 'fits')");
            assertThat(problems).hasSize(9);
        }
        assertThat(found).contains("There are " + problems.size() + " problems");
        assertThat(run.code()).isEqualTo(3);
        assertThat(definitions()).isEqualTo(before);
        assertThat(owner.createChannel().messageCount("theirs.q")).isEqualTo(1);
    }

    @Test
    void aConfigurationThatFitsHasNoProblem() throws Exception {
        var before = definitions();

        var run = check(GOOD);

        assertThat(run.out())
                .contains("ok       exchange 'theirs.x' exists (route 'fits', route 'out')")
                .endsWith("No problem was found." + System.lineSeparator());
        assertThat(run.code()).isZero();
        assertThat(definitions()).isEqualTo(before);
    }

    /** RabbitMQ may permit a user some keys of a topic exchange only. */
    @Test
    void bindingsAreAskedForByTheirOwnKeys() throws Exception {
        node.ctl("set_topic_permissions", "-p", HOST, USER, "theirs.x", "^orders\\.", "^orders\\.");

        assertThat(check(GOOD.replace("filter: \"#\"", "filter: \"orders.*\"")).out())
                .endsWith("No problem was found." + System.lineSeparator());
        assertThat(check(GOOD.replace("filter: \"#\"", "filter: \"secret.*\"")).out())
                .contains(
                        "problem  queue 'ours.fits' needs a permission that the user lacks: write to queue 'ours.fits' and"
                                + " read from exchange 'theirs.x' by key 'secret.*'");
    }

    /** Returns what is in the virtual host, as the broker itself writes it. */
    private Set<String> definitions() {
        var all = new JsonObject(node.ctl("export_definitions", "-"));
        return Stream.of("queues", "exchanges", "bindings")
                .flatMap(kind -> all.getJsonArray(kind, new JsonArray()).stream()
                        .map(JsonObject.class::cast)
                        .filter(it -> HOST.equals(it.getString("vhost")))
                        .map(it -> kind + " " + it.encode()))
                .collect(Collectors.toSet());
    }
}
