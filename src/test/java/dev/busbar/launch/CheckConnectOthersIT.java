package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.broker.ArtemisHere;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code check --connect} against the brokers that are no RabbitMQ: before, after and beside what Busbar declares. */
class CheckConnectOthersIT {

    private static final String CONFIG = """
            broker: {uri: "%s"}
            exchange: {name: checked.x}
            routes:
              - name: reads
                from: {queue: checked.q.parked}
                to: {address: a}
                onFailure: {then: drop}
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

    /** These are shared with other tests of the JVM, and not to be closed. */
    static Stream<BrokerUnderTest> brokers() {
        return Stream.of(EmbeddedBrokerJ.shared(), EmbeddedBrokerJ.shared10(), ArtemisHere.shared());
    }

    private CommandLineRun check(String config) throws IOException {
        return CommandLineRun.of(
                "check",
                "--connect",
                Files.writeString(folder.resolve("busbar.yaml"), config).toString());
    }

    @ParameterizedTest(autoCloseArguments = false)
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

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("brokers")
    void whatTheBrokerCannotHaveIsAProblemBeforeItIsDeclared(BrokerUnderTest broker) throws Exception {
        Assumptions.assumeTrue(broker.uri().isAmqp10(), "over AMQP 0-9-1 only a declaration tells");

        var run = check("broker: {uri: '" + broker.uriText() + "'}\nexchange: checked.x\n" + """
                routes:
                  - name: in
                    from: {filter: "#", queue: {name: checked.quorum, type: quorum}}
                    to: {address: a}
                    onFailure: {then: drop}
                """);

        assertThat(run.out())
                .contains(
                        "problem  queue 'checked.quorum' does not fit: ", "has no quorum queues", "leave out its type");
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void aBrokerThatIsAwayHidesNothingOfTheOthers() throws Exception {
        var run = check("""
                broker: {uri: "amqp://127.0.0.1:%d", startTimeout: 500ms}
                brokers: {here: {uri: "%s"}}
                routes:
                  - {name: away, from: {queue: q}, to: {address: a}, onFailure: {then: drop}}
                  - {name: near, from: {broker: here, queue: checked.missing}, to: {address: a}, onFailure: {then: drop}}
                """.formatted(FreePort.next(), EmbeddedBrokerJ.shared().uriText()));

        assertThat(run.out())
                .contains("problem  the broker cannot be looked at: ", "On broker here at ")
                .contains("problem  queue 'checked.missing' does not exist")
                .contains("There are 2 problems.");
        assertThat(run.code()).isEqualTo(3);
    }

    @Test
    void aTopLevelBrokerThatNothingUsesIsLeftAlone() throws Exception {
        var run = check("""
                broker: {uri: "amqp://127.0.0.1:%d", startTimeout: 500ms}
                brokers: {here: {uri: "%s"}}
                routes:
                  - {name: near, from: {broker: here, queue: checked.missing}, to: {address: a}, onFailure: {then: drop}}
                """.formatted(FreePort.next(), EmbeddedBrokerJ.shared().uriText()));

        assertThat(run.out()).doesNotContain("On the broker").contains("There is 1 problem.");
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
