package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code check --connect} against the brokers that are no RabbitMQ: before, after and beside what Busbar declares. */
class CheckConnectOthersIT {

    private static final String CONFIG = """
            broker: {uri: "%s"}
            exchange: {name: checked.x}
            routes:
              - name: in
                from: {filter: "a.#", queue: checked.q}
                to: {address: a}
                onFailure: {then: park}
              - name: missing
                from: {queue: checked.missing}
                to: {address: a}
                onFailure: {then: drop}
              - name: out
                from: {address: b}
                to: {key: k}
            """;

    private static final String FITS = " exists as configured";

    @TempDir
    private Path folder;

    static Stream<BrokerUnderTest> brokers() {
        return Stream.of(EmbeddedBrokerJ.shared(), EmbeddedBrokerJ.shared10(), ArtemisHere.shared());
    }

    private CommandLineRun check(String config) throws IOException {
        return CommandLineRun.of(
                "check",
                "--connect",
                Files.writeString(folder.resolve("busbar.yaml"), config).toString());
    }

    @ParameterizedTest
    @MethodSource("brokers")
    void whatIsThereIsToldApart(BrokerUnderTest broker) throws Exception {
        var config = CONFIG.formatted(broker.uriText());
        var admin = broker.admin();
        try {
            var before = check(config);
            assertThat(before.out())
                    .contains("new      exchange 'checked.x' does not exist")
                    .contains("new      queue 'checked.q' does not exist")
                    .contains("new      queue 'checked.q.parked' does not exist")
                    .contains("problem  queue 'checked.missing' does not exist")
                    .contains("There is 1 problem.");
            assertThat(before.code()).isEqualTo(3);
            assertThat(admin.queueExists("checked.q")).isFalse();
            assertThat(admin.exchangeExists("checked.x")).isFalse();

            runOnce(config);
            var after = check(config);
            assertThat(after.out())
                    .contains("ok       exchange 'checked.x'" + FITS, "ok       queue 'checked.q'" + FITS)
                    .contains("ok       queue 'checked.q.parked'" + FITS)
                    .contains("There is 1 problem.");

            var other = check(config.replace(
                    "a.#\", queue: checked.q}",
                    "a.#\", queue: {name: checked.q, arguments:"
                            + (broker.uri().isAmqp10() && broker instanceof EmbeddedBrokerJ
                                    ? " {maximumQueueDepthMessages: 5}}}"
                                    : broker instanceof EmbeddedBrokerJ
                                            ? " {x-max-priority: 5}}}"
                                            : " {ring-size: 5}}}")));
            assertThat(other.out()).contains("problem  queue 'checked.q' does not fit: ");
            assertThat(other.code()).isEqualTo(3);
        } finally {
            for (var queue : new String[] {"checked.q", "checked.q.parked"}) {
                if (admin.queueExists(queue)) {
                    admin.deleteQueue(queue);
                }
            }
            admin.deleteExchange("checked.x");
            admin.close();
        }
    }

    /** Declares what the configuration says, and leaves it there. */
    private static void runOnce(String config) throws Exception {
        var vertx = Vertx.vertx();
        try {
            var loaded = ConfigLoader.parse(config, "test").orThrow();
            vertx.deployVerticle(new BridgeVerticle(loaded))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }
}
