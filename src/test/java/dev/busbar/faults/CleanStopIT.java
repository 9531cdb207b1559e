package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.busbar.launch.Command;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packed program asked to stop while it carries numbered messages from one queue to another: its handler is an
 * outbound route, so that it works both ways, and what has been handled can be read at the broker.
 */
@Timeout(300)
@ExtendWith(RabbitExtension.class)
class CleanStopIT {

    private static final int COUNT = Soak.pick(5_000, 20_000);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** What the program promises, and the end of its JVM on a slow machine. */
    private static final Duration DEADLINE = Duration.ofSeconds(22);

    private static RabbitNode node;

    @TempDir
    private Path folder;

    private final String exchange = "stop-" + UUID.randomUUID();
    private final Ledger ledger = new Ledger("through");

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    private Path config(String outbound) throws IOException {
        return Files.writeString(folder.resolve("busbar.yaml"), """
                broker: {uri: '%1$s'}
                exchange: {name: %2$s}
                management: {port: 0}
                routes:
                  - {name: in, from: {filter: a.*, queue: {name: %2$s.a, life: persistent}},
                     to: {address: hop, delivery: request}, timeout: 10m}
                  - {name: gone, from: {filter: a.*, queue: {name: %2$s.gone, life: until-stop}},
                     to: {address: elsewhere, delivery: publish}}
                  - {name: out, from: {address: hop}, timeout: 10m, to: %3$s}
                """.formatted(node.amqpUri(), exchange, outbound));
    }

    private Command up() throws IOException {
        return up("{key: 'b.{n}'}");
    }

    private Command up(String outbound) throws IOException {
        return Command.start("java -jar target/busbar.jar run --config " + config(outbound))
                .printing("Ctrl-C stops it.", PATIENCE);
    }

    private void declare() throws Exception {
        try (var connection = connect();
                var channel = connection.createChannel()) {
            channel.exchangeDeclare(exchange, "topic", true);
            for (var queue : new String[] {"a", "b"}) {
                channel.queueDeclare(exchange + "." + queue, true, false, false, null);
                channel.queueBind(exchange + "." + queue, exchange, queue + ".*");
            }
        }
    }

    private static Connection connect() throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(node.amqpUri());
        return factory.newConnection("foreign");
    }

    private void awaitEnd() {
        await().atMost(PATIENCE).until(() -> ledger.safe() == COUNT && ledger.seen() == COUNT);
    }

    /** Of a queue, or {@code null} if there is none of that name. */
    private String depth(String queue) {
        return node.ctl("list_queues", "name", "messages")
                .lines()
                .filter(line -> line.startsWith(exchange + "." + queue + "\t"))
                .map(line -> line.split("\t")[1])
                .findFirst()
                .orElse(null);
    }

    private static void stop(Command run) throws Exception {
        var before = System.nanoTime();
        run.signal("TERM");
        var code = run.exit();
        var taken = Duration.ofNanos(System.nanoTime() - before);
        assertThat(code).as(run.out() + run.err()).isZero();
        assertThat(run.err()).doesNotContain("Exception in thread");
        assertThat(taken).isLessThan(DEADLINE);
    }

    @Test
    void underLoadItSettlesWhatItHasInHandAndNothingComesTwice() throws Exception {
        declare();
        Seed.next().run("clean stop under load", random -> {
            try (var publisher = new ForeignPublisher(node.amqpUri(), exchange, "a", ledger, COUNT);
                    var consumer = new ForeignConsumer(node.amqpUri(), exchange + ".b", ledger)) {
                try (var run = up()) {
                    assertThat(depth("gone")).isNotNull();
                    consumer.start();
                    publisher.start();
                    var some = random.nextInt(500, COUNT / 4);
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> ledger.seen() > some);
                    stop(run);
                    assertThat(ledger.seen()).isLessThan(COUNT);
                }
                assertThat(depth("gone")).isNull();
                await().atMost(PATIENCE).until(() -> ledger.safe() == COUNT);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(ledger.seen() + Integer.parseInt(depth("a")))
                                .isEqualTo(COUNT));
                try (var run = up()) {
                    awaitEnd();
                    stop(run);
                }
                ledger.assertComplete(COUNT);
                assertThat(ledger.again()).isZero();
                assertThat(depth("a")).isEqualTo("0");
            }
        });
    }

    @Slow
    @Test
    void withoutTheBrokerItKeepsItsDeadlineAndTheNextOneGoesOn() throws Exception {
        stopWithoutTheBroker(RabbitNode::kill);
    }

    @Test
    @Slow
    void beforeABrokerThatIsHeldToo() throws Exception {
        stopWithoutTheBroker(RabbitNode::pause);
    }

    private interface Fault {
        void strike(RabbitNode node) throws Exception;
    }

    private void stopWithoutTheBroker(Fault fault) throws Exception {
        declare();
        try (var publisher = new ForeignPublisher(node.amqpUri(), exchange, "a", ledger, COUNT);
                var consumer = new ForeignConsumer(node.amqpUri(), exchange + ".b", ledger)) {
            consumer.start();
            publisher.start();
            try (var run = up()) {
                await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> ledger.seen() > COUNT / 10);
                fault.strike(node);
                stop(run);
            } finally {
                if (node.isRunning()) {
                    node.resume();
                } else {
                    node.start();
                }
            }
            try (var run = up()) {
                awaitEnd();
                stop(run);
            }
            ledger.assertComplete(COUNT);
            assertThat(depth("gone")).isNull();
        }
    }

    @Test
    void aSecondSignalEndsAStopThatWaitsForAHandler() throws Exception {
        declare();
        try (var run = up("{key: 'b.{n}', reply: message}");
                var connection = connect();
                var channel = connection.createChannel()) {
            channel.basicPublish(exchange, "a.1", null, "{\"n\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            await().atMost(PATIENCE).until(() -> "1".equals(depth("b")));
            run.signal("TERM");
            run.printing("a second signal ends it at once", PATIENCE);
            var before = System.nanoTime();
            run.signal("TERM");
            assertThat(run.exit()).isEqualTo(128 + 15);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            assertThat(run.out()).doesNotContain("stopped");
        }
        assertThat(depth("a")).isEqualTo("1");
    }
}
