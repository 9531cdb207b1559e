package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code conf/busbar.yaml}, as shipped and with its examples switched on. */
class ShippedConfigTest {

    private static final Path FILE = Path.of("conf/busbar.yaml");

    @Test
    void loadsWithoutProblemsOrWarnings() {
        Loaded.Valid loaded = (Loaded.Valid)
                ConfigLoader.withEnvironment(Map.<String, String>of()::get).loadFile(FILE);

        assertThat(loaded.warnings()).isEmpty();
        assertThat(loaded.config().broker().isEmbedded()).isTrue();
        assertThat(loaded.config().routes()).extracting(RouteConfig::name).containsExactly("builds", "changes");
        assertThat(loaded.config().routes().get(0))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.type(InboundRoute.class))
                .satisfies(it -> assertThat(it.delivery()).isEqualTo(DeliveryMode.PUBLISH));
    }

    @Test
    void theConfigurationPromisedInTheDesignLoads() {
        BusbarConfig config = Loading.config("""
                broker:
                  uri: embedded
                  embedded: {port: 5672, store: memory}
                exchange: {name: busbar, type: topic, durable: true}
                routes:
                  - name: finished-builds
                    from:
                      filter: builds.*.finished
                      queue: {name: finished-builds, life: persistent, type: classic, arguments: {}}
                    to: {address: builds.finished, delivery: request}
                    scope: competing
                    prefetch: 250
                    onFailure: {attempts: 5, backoff: {initial: 100ms, max: 30s}, then: dead-letter}
                  - name: changes
                    from: {address: changes}
                    to: {key: "changes.{id}.new", mandatory: true}
                    inFlight: 1000
                    buffer: {messages: 10000, bytes: 64MiB, whenFull: fail}
                datetimes: iso
                web: {host: 127.0.0.1, port: 8080}
                management: {host: 127.0.0.1, port: 8081}
                cluster: {enabled: false}
                """);

        assertThat(config.routes()).hasSize(2);
    }

    @Test
    void itsExamplesLoadToo() throws Exception {
        String all = Files.readString(FILE)
                .replaceAll("(?m)^  # (- name:|  +[a-zA-Z]+:)", "  $1")
                .replace("store: memory", "store: data/broker");

        Loaded loaded = Loading.load(all, Map.of("BUSBAR_BROKER", "amqp://localhost"));

        assertThat(loaded.orThrow().routes())
                .extracting(RouteConfig::name)
                .containsExactly("builds", "changes", "finished-builds", "worker-events", "nightly", "force-build");
    }
}
