package dev.busbar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.XmlConfigBuilder;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.launch.Command;
import dev.busbar.launch.CommandSyntax;
import dev.busbar.testing.NodePackages;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Slow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code conf/kubernetes} makes is what Kubernetes knows, and fits Busbar, its image and itself. */
@Slow
@Timeout(300)
class KubernetesIT {

    private static final Path FOLDER = Path.of("conf/kubernetes");
    private static final String ADDRESS = "10.0.0.1";

    @TempDir
    private Path folder;

    static Stream<String> overlays() {
        return Stream.of("base", "cluster");
    }

    private static Manifests made(String overlay) throws IOException {
        return Manifests.of(FOLDER.resolve(overlay));
    }

    /** As in an overlay of a user's own, with all there is. */
    private static Manifests all() throws IOException {
        var overlay = Files.createDirectories(Path.of("target/kubernetes"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                resources: [../../conf/kubernetes/cluster, secret.yaml]
                components: [../../conf/kubernetes/monitoring]
                """);
        Files.copy(
                FOLDER.resolve("secret.example.yaml"),
                overlay.resolve("secret.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        return Manifests.of(overlay);
    }

    private static BusbarConfig config(Manifests manifests) {
        return ConfigLoader.withEnvironment(manifests.variables(ADDRESS)::get)
                .parseText(manifests.file("busbar.yaml"), "busbar.yaml")
                .orThrow();
    }

    private String lint(String text) throws Exception {
        var node = Requirement.command("node", "nodejs").orSkip();
        var program = NodePackages.of("kubernetes").resolveSibling("lint.mjs");
        Files.copy(Path.of("src/test/resources/kubernetes/lint.mjs"), program, StandardCopyOption.REPLACE_EXISTING);
        var input = Files.writeString(folder.resolve("manifests.yaml"), text);
        try (var lint = Command.start(node + " " + program + " <" + input)) {
            lint.exit();
            return lint.out() + lint.err();
        }
    }

    @Test
    void lintersFindNothing() throws Exception {
        var all = all();

        assertThat(lint(all.text())).isEqualTo(all.objects().size() + " objects are right\n");
    }

    @Test
    void lintersWouldFindMistakes() throws Exception {
        var wrong = all().text()
                .replace("readOnlyRootFilesystem", "readOnlyRootFilesytem")
                .replace("periodSeconds: 10", "periodSeconds: ten")
                .replace("interval: 30s", "intervall: 30s")
                .replace("key: user\n              name: busbar-broker", "key: user\n              name: broker");

        assertThat(lint(wrong))
                .contains("'\"readOnlyRootFilesytem\"' does not exist in type 'ISecurityContext'")
                .contains("livenessProbe/periodSeconds must be integer")
                .contains("'\"intervall\"' does not exist in type 'IPodMetricsEndpoint'")
                .contains("Require a read-only root file system")
                .contains("busbar.statefulset@StatefulSet.yaml: Unsatisfied resource link");
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void theCommandCheckHasNothingAgainstTheirConfiguration(String overlay) throws Exception {
        var manifests = made(overlay);
        Files.writeString(folder.resolve("hazelcast.xml"), manifests.file("hazelcast.xml"));
        var file = Files.writeString(
                folder.resolve("busbar.yaml"),
                manifests.file("busbar.yaml").replace("/etc/busbar/", folder.toRealPath() + "/"));

        try (var check = Command.start(
                "java -jar target/busbar.jar check " + file,
                shell -> shell.environment().putAll(manifests.variables(ADDRESS)))) {
            assertThat(check.exit()).as(check.err()).isZero();
            assertThat(check.out()).contains("is valid: 1 route").doesNotContain("warning");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void podsAreRunAsTheImageWantsIt(String overlay) throws Exception {
        var manifests = made(overlay);
        var image = Containerfile.read();
        var security = manifests.pod().get("securityContext");
        var arguments = Manifests.strings(manifests.container().get("args"), null);

        assertThat(security.get("runAsUser") + ":" + security.get("runAsGroup"))
                .isEqualTo(image.only("USER").text());
        assertThat(CommandSyntax.accepts(arguments.toArray(String[]::new))).isTrue();
        assertThat(arguments.stream().filter(it -> !it.equals("--cluster")))
                .isEqualTo(image.only("CMD").words());
        assertThat(Manifests.strings(manifests.container().get("volumeMounts"), "mountPath"))
                .containsExactlyInAnyOrder("/etc/busbar", "/tmp");
        assertThat(image.only("VOLUME").words()).contains("/tmp");
        assertThat(manifests.container().at("/resources/limits/memory"))
                .isEqualTo(manifests.container().at("/resources/requests/memory"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void probesAskTheManagementPortAndStopsAreWaitedFor(String overlay) throws Exception {
        var manifests = made(overlay);
        var config = config(manifests);

        assertThat(config.management().host()).isEqualTo("0.0.0.0");
        assertThat(manifests.port("management")).isEqualTo(config.management().port());
        Map.of("startupProbe", "live", "readinessProbe", "ready", "livenessProbe", "live")
                .forEach((probe, path) -> {
                    var asked = manifests.container().get(probe).get("httpGet");
                    assertThat(asked.get("path").asText()).isEqualTo("/health/" + path);
                    assertThat(asked.get("port").asText()).isEqualTo("management");
                });
        assertThat(manifests.pod().get("terminationGracePeriodSeconds").asInt()).isGreaterThan(StopTime.MAX_SECONDS);
    }

    @Test
    void policiesPermitThePortsThatAreUsed() throws Exception {
        var all = all();
        var config = config(all);

        assertThat(all.get("NetworkPolicy", "busbar")
                        .at("/spec/egress/1/ports/0/port")
                        .asInt())
                .isEqualTo(config.broker().uris().get(0).port());
        for (var path : List.of("/spec/ingress/0/ports", "/spec/egress/0/ports")) {
            assertThat(Manifests.strings(
                            all.get("NetworkPolicy", "busbar-nodes").at(path), "port"))
                    .containsExactly(Integer.toString(all.port("hazelcast")), Integer.toString(all.port("event-bus")));
        }
        assertThat(all.get("NetworkPolicy", "busbar-metrics")
                        .at("/spec/ingress/0/ports/0/port")
                        .asInt())
                .isEqualTo(config.management().port());
        var metrics = all.get("PodMonitor", "busbar").at("/spec/podMetricsEndpoints/0");
        assertThat(metrics.get("port").asText()).isEqualTo("management");
        assertThat(metrics.get("path").asText()).isEqualTo("/metrics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/spec/selector", "/spec/selector/matchLabels", "/spec/podSelector/matchLabels"})
    void whatSelectsPodsSelectsThese(String selector) throws Exception {
        var all = all();
        var labels = all.get("StatefulSet", "busbar").at("/spec/template/metadata/labels");

        assertThat(all.objects().stream()
                        .filter(it ->
                                !it.get("kind").asText().equals("StatefulSet") || selector.endsWith("matchLabels"))
                        .map(it -> it.at(selector))
                        .filter(it -> it.isObject() && !it.has("matchLabels")))
                .isNotEmpty()
                .allMatch(labels::equals);
    }

    @Test
    void nodesFindEachOther() throws Exception {
        var cluster = made("cluster");
        var config = config(cluster).clustered().cluster();
        var hazelcast = new XmlConfigBuilder(
                        new ByteArrayInputStream(cluster.file("hazelcast.xml").getBytes(StandardCharsets.UTF_8)))
                .build();
        var service = cluster.get("Service", "busbar");
        var join = hazelcast.getNetworkConfig().getJoin().getKubernetesConfig();

        assertThat(Manifests.strings(cluster.container().get("args"), null)).contains("--cluster");
        assertThat(config.file()).isEqualTo("/etc/busbar/hazelcast.xml");
        assertThat(join.isEnabled()).isTrue();
        assertThat(join.getProperty("service-dns"))
                .as("Hazelcast resolves it as any name, by the pod's search path, whatever the namespace")
                .isEqualTo(service.at("/metadata/name").asText());
        assertThat(service.at("/spec/clusterIP").asText()).isEqualTo("None");
        assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
        assertThat(cluster.get("StatefulSet", "busbar").at("/spec/serviceName"))
                .isEqualTo(service.at("/metadata/name"));
        assertThat(cluster.port("hazelcast"))
                .isEqualTo(hazelcast.getNetworkConfig().getPort());
        assertThat(cluster.port("event-bus")).isEqualTo(config.eventBus().port());
        assertThat(hazelcast.getMultiMapConfig("__vertx.subs").getValueCollectionType())
                .hasToString("SET");
    }
}
