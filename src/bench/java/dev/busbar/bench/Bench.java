package dev.busbar.bench;

import com.rabbitmq.client.Channel;
import dev.busbar.bench.Contender.Kind;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitSettings;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts a RabbitMQ node, and Broker-J for the contests over AMQP 1.0, runs every contender so many times, taking
 * turns, and prints the tables.
 */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false)
final class Bench implements Callable<Integer> {

    /** Has the broker ready for the next contestant, where there is something to do. */
    private interface Rest {
        void rest() throws Exception;
    }

    /** Broker-J is to tell a sender over AMQP 1.0 what no queue takes; else it would accept that too. */
    private static final Map<String, Object> REFUSING = Map.of("unroutableMessageBehaviour", "REJECT");

    @Option(names = "--rounds", defaultValue = "5", description = "How often each runs (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--messages",
            defaultValue = "2000000",
            description = "How many a run consumes or publishes; half of them to warm up (${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--paced",
            defaultValue = "30000",
            description = "How many a run at 2,000 a second sends once warm (${DEFAULT-VALUE}).")
    private int paced;

    @Option(names = "--contest", split = ",", description = "Only these: ${COMPLETION-CANDIDATES} (default: all).")
    private List<Kind> kinds = List.of(Kind.values());

    @Option(names = "--only", split = ",", description = "Only these contenders: ${COMPLETION-CANDIDATES}.")
    private List<Contender> only = List.of(Contender.values());

    @Option(names = "--uri", description = "A broker that runs already; else one is started.")
    private String uri;

    @Option(
            names = "--transient",
            description =
                    "Messages that the broker keeps in memory only; Broker-J as it is started here takes no others.")
    private boolean inMemory;

    @Option(names = "--jvm", split = " ", description = "Options for the contenders' JVMs.")
    private List<String> jvmOptions = List.of();

    public static void main(String[] arguments) {
        var commandLine = new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(commandLine.execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        for (var kind : kinds) {
            if (uri != null) {
                run(kind, uri, !inMemory, () -> {});
            } else if (kind.over10()) {
                try (var broker = BrokerJ.start()) {
                    run(kind, broker.uri(), false, broker::collect);
                }
            } else {
                try (var node = RabbitNode.start(RabbitSettings.PLAIN)) {
                    run(kind, node.amqpUri(), !inMemory, () -> {});
                }
            }
        }
        return 0;
    }

    private void run(Kind kind, String broker, boolean persistent, Rest rest) throws Exception {
        var results = new EnumMap<Contender, List<JsonObject>>(Contender.class);
        for (var round = 0; round < rounds; round++) {
            for (var contender : Contender.values()) {
                if (contender.kind == kind && only.contains(contender)) {
                    var result = once(contender, broker, persistent, rest);
                    System.err.println(contender + " " + result.encode());
                    results.computeIfAbsent(contender, none -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        System.out.println(Table.of(kind, persistent ? "persistent" : "transient", results));
    }

    private JsonObject once(Contender contender, String broker, boolean persistent, Rest rest) throws Exception {
        var name = "bench-" + UUID.randomUUID();
        var count = contender.kind == Kind.LATENCY ? paced : messages;
        var setup = new Setup(broker, name, name, count, persistent);
        try (var connection = BlockingClient.connect(setup)) {
            var channel = connection.createChannel();
            channel.exchangeDeclare(name, "topic", true, false, contender.kind.over10() ? REFUSING : Map.of());
            channel.queueDeclare(name, true, false, false, null);
            channel.queueBind(name, name, "builds.*.finished");
            if (contender.consumes()) {
                fill(channel, setup);
            } else if (contender.kind == Kind.CONSUME10) {
                AmqpVertxClient.fill(setup);
            }
            rest.rest();
            try {
                return child(contender, setup);
            } finally {
                channel.queueDelete(name);
                channel.exchangeDelete(name);
            }
        }
    }

    private static void fill(Channel channel, Setup setup) throws Exception {
        var body = Payload.bytes();
        channel.confirmSelect();
        for (var i = 0; i < setup.messages(); i++) {
            channel.basicPublish(setup.exchange(), Payload.KEY, Payload.properties(setup, i), body);
        }
        channel.waitForConfirmsOrDie();
    }

    private JsonObject child(Contender contender, Setup setup) throws Exception {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Contestant.class.getName()));
        command.addAll(List.of(
                contender.name(),
                setup.uri(),
                setup.exchange(),
                setup.queue(),
                Integer.toString(setup.messages()),
                Boolean.toString(setup.persistent())));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            var line = output.lines()
                    .filter(text -> text.startsWith(Contestant.MARK))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(contender + " ended without a result"));
            return new JsonObject(line.substring(Contestant.MARK.length()));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
