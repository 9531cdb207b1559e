package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.broker.RabbitMq;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A stream that goes on while its reader, and once its broker, is killed. */
@Timeout(300)
@ExtendWith(RabbitExtension.class)
@Slow
class StreamKillIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PER_SECOND = 500;
    private static final int PREFETCH = 250;
    /** How long may have gone by since the place was written: an interval, and the writing. */
    private static final int UNWRITTEN_SECONDS = 3;

    private static RabbitNode node;

    private final String exchange = "sk-" + ProcessHandle.current().pid();
    private final Ledger ledger = new Ledger("stream");

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    private BridgeProcess life() throws Exception {
        var config = Files.writeString(folder.resolve("busbar.json"), """
                {"broker": {"uri": "%s", "reconnect": {"max": "1s"}}, "exchange": "%s", "routes": [
                  {"name": "in", "to": {"address": "in", "delivery": "request"},
                   "from": {"filter": "in.*", "queue": {"name": "%2$s", "life": "persistent", "type": "stream"}}}]}
                """.formatted(node.amqpUri(), exchange));
        return new BridgeProcess(
                config, 0, words -> ledger.seen(Integer.parseInt(words[2]), words[3], Boolean.parseBoolean(words[4])));
    }

    private void awaitSeen(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ledger.seen()).isGreaterThanOrEqualTo(count));
    }

    @Test
    void nothingIsSkippedAndLittleComesAgain() throws Exception {
        try (var admin = new RabbitMq(node).admin()) {
            admin.declareExchange(exchange, "topic");
        }
        // Begins at the end, which is there.
        var first = life();
        var pace = Pace.of(PER_SECOND);
        try (var publisher = new ForeignPublisher(new RabbitMq(node).wire(), exchange, "in", ledger, pace)) {
            publisher.start();
            awaitSeen(2 * PER_SECOND);
            first.kill();
            var meanwhile = pace.allowed() + PER_SECOND;
            await().until(() -> ledger.safe() >= meanwhile);

            var second = life();
            awaitSeen(meanwhile + PER_SECOND);
            node.kill();
            node.restart();
            awaitSeen(pace.allowed() + PER_SECOND);
            second.kill();

            var third = life();
            pace.end();
            awaitSeen(pace.allowed());
            third.kill();
        }

        ledger.assertComplete(pace.allowed());
        assertThat(ledger.again()).isLessThan(2 * (UNWRITTEN_SECONDS * PER_SECOND + PREFETCH));
    }
}
