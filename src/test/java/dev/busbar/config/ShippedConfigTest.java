package dev.busbar.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files in {@code conf}, as shipped and with their examples switched on. */
class ShippedConfigTest {

    private static final Path FILE = Path.of("conf/busbar.yaml");

    @Test
    void loadsWithoutProblemsOrWarnings() {
        LoadedConfig.Valid loaded = (LoadedConfig.Valid)
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

        LoadedConfig loaded = Loading.load(all, Map.of("BUSBAR_BROKER", "amqp://localhost"));

        assertThat(loaded.orThrow().routes())
                .extracting(RouteConfig::name)
                .containsExactly("builds", "changes", "finished-builds", "worker-events", "nightly", "force-build");
    }

    @Test
    void thatForBuildbotMastersLoadsAsItIsAndWithItsExamples() throws Exception {
        var shipped = (LoadedConfig.Valid)
                ConfigLoader.withEnvironment(Map.<String, String>of()::get).loadFile(Path.of("conf/buildbot.yaml"));

        assertThat(shipped.warnings()).isEmpty();
        assertThat(shipped.config().wamp().enabled()).isTrue();
        var defaults = Loading.load("wamp: {enabled: false}", Map.of()).orThrow().wamp();
        assertThat(shipped.config().wamp().realms()).isEqualTo(defaults.realms());
        assertThat(shipped.config().wamp().parking().filters())
                .as("the defaults, written out")
                .isEqualTo(defaults.parking().filters());
        var all = Files.readString(Path.of("conf/buildbot.yaml")).replace("  # users:", "  users:");
        assertThat(Loading.load(all, Map.of("REPORTS_SECRET", "s"))
                        .orThrow()
                        .wamp()
                        .users())
                .containsOnlyKeys("reports");
    }

    @ParameterizedTest
    @CsvSource({
        "conf/qpid.yaml, amqp10, qpid1.example.org qpid2.example.org",
        "conf/rabbitmq.yaml, amqp, rabbit1.example.org rabbit2.example.org rabbit3.example.org",
    })
    void thoseForOtherBrokersLoadAsTheyAreAndWithTheirExamples(String file, String scheme, String hosts)
            throws Exception {
        var shipped = (LoadedConfig.Valid)
                ConfigLoader.withEnvironment(Map.<String, String>of()::get).loadFile(Path.of(file));

        assertThat(shipped.warnings()).isEmpty();
        assertThat(shipped.config().broker().uris())
                .containsExactly(BrokerUri.parse(scheme + "://guest:guest@localhost"));
        assertThat(shipped.config().routes())
                .extracting(RouteConfig::name)
                .containsExactly("finished-builds", "changes");

        var all = Files.readString(Path.of(file))
                .replaceAll("(?m)^  uri: .*$", "")
                .replaceAll("(?m)^  # uri: .*$", "")
                .replaceAll("(?m)^( +)# (uri:|tls:|sasl:|arguments:|  - |  [a-z]+: /)", "$1$2")
                .replaceAll("(?m)^(    +arguments: \\{.*\\}) .*$", "$1");
        var changed = (LoadedConfig.Valid) Loading.load(all, Map.of("BUSBAR_PASSWORD", "hunter2"));
        var broker = changed.config().broker();

        assertThat(changed.warnings()).isEmpty();
        assertThat(broker.uris()).extracting(BrokerUri::scheme).containsOnly(scheme + "s");
        assertThat(broker.uris()).extracting(BrokerUri::host).containsExactly(hosts.split(" "));
        assertThat(broker.uris()).extracting(it -> it.password().reveal()).containsOnly("hunter2");
        assertThat(broker.sasl()).isEqualTo(SaslMechanism.EXTERNAL);
        assertThat(broker.tls().certificate()).isEqualTo("/etc/busbar/client.pem");
        assertThat(((InboundRoute) changed.config().routes().get(0)).queue().arguments())
                .isNotEmpty();
    }

    /** By whatever name a service is known: with {@code BUSBAR_PORT} nothing would start beside one named busbar. */
    @Test
    void noVariableIsNamedAsKubernetesAndDockerNameThoseOfServices() throws Exception {
        var variable = Pattern.compile("\\b[A-Z][A-Z0-9_]+\\b");
        var ofServices = Pattern.compile("\\w+_(PORT(_\\w+)?|SERVICE_(HOST|PORT(_\\w+)?)|ENV_\\w+)")
                .asMatchPredicate();
        try (var files =
                Stream.of("conf", "src/site", "README.md", "src/main/resources").flatMap(ShippedConfigTest::under)) {
            for (var file : files.toList()) {
                assertThat(variable.matcher(Files.readString(file)).results().map(MatchResult::group))
                        .as(file.toString())
                        .noneMatch(ofServices);
            }
        }
    }

    private static Stream<Path> under(String place) {
        try {
            return Files.walk(Path.of(place)).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
