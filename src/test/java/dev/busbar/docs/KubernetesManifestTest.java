package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.LoadedConfig;
import dev.busbar.launch.CommandSyntax;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The parts of {@code conf/kubernetes/busbar.yaml} fit each other, Busbar and Hazelcast. */
class KubernetesManifestTest {

    private final Map<String, JsonNode> objects = read();
    private final JsonNode service = objects.get("Service");
    private final JsonNode files = objects.get("ConfigMap").get("data");
    private final JsonNode pod = objects.get("StatefulSet").at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");
    private final BusbarConfig config = config();

    private static Map<String, JsonNode> read() {
        try (var documents = new YAMLMapper()
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(Path.of("conf/kubernetes/busbar.yaml").toFile())) {
            return documents.readAll().stream()
                    .collect(Collectors.toMap(it -> it.get("kind").asText(), it -> it));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As the container reads it: with the variables that it is given, and no others. */
    private BusbarConfig config() {
        var given = StreamSupport.stream(container.get("env").spliterator(), false)
                .collect(Collectors.toMap(it -> it.get("name").asText(), it -> "10.0.0.1"));
        var loaded = (LoadedConfig.Valid) ConfigLoader.withEnvironment(given::get)
                .parseText(files.get("busbar.yaml").asText(), "busbar.yaml");
        assertThat(loaded.warnings()).isEmpty();
        return loaded.config();
    }

    private static String text(JsonNode object, String path) {
        assertThat(object.at(path).isMissingNode()).as(path).isFalse();
        return object.at(path).asText();
    }

    @Test
    void itsCommandReadsTheConfigurationThatIsMounted() {
        var command = container.get("command");
        var conf = text(container, "/volumeMounts/0/mountPath") + "/";

        assertThat(command.get(command.size() - 1).asText()).isEqualTo(conf + "busbar.yaml");
        assertThat(config.cluster().file()).isEqualTo(conf + "hazelcast.xml");
        assertThat(text(pod, "/volumes/0/configMap/name")).isEqualTo(text(objects.get("ConfigMap"), "/metadata/name"));
        assertThat(text(container, "/volumeMounts/0/name")).isEqualTo(text(pod, "/volumes/0/name"));
        assertThat(StreamSupport.stream(command.spliterator(), false).map(JsonNode::asText))
                .startsWith("java", "-jar", "/busbar/busbar.jar");
        assertThat(CommandSyntax.accepts("run", "--config", conf + "busbar.yaml"))
                .isTrue();
    }

    @Test
    void itsNodesFindEachOther() {
        Config hazelcast = new XmlConfigBuilder(new ByteArrayInputStream(
                        files.get("hazelcast.xml").asText().getBytes(StandardCharsets.UTF_8)))
                .build();
        var join = hazelcast.getNetworkConfig().getJoin();

        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperty("service-dns"))
                .isEqualTo(text(service, "/metadata/name") + ".default.svc.cluster.local");
        assertThat(text(service, "/spec/clusterIP")).isEqualTo("None");
        assertThat(text(objects.get("StatefulSet"), "/spec/serviceName")).isEqualTo(text(service, "/metadata/name"));
        assertThat(text(service, "/spec/ports/0/port"))
                .isEqualTo(Integer.toString(hazelcast.getNetworkConfig().getPort()));
        assertThat(text(service, "/spec/ports/1/port"))
                .isEqualTo(Integer.toString(config.cluster().eventBus().port()));
        assertThat(hazelcast.getMultiMapConfig("__vertx.subs").getValueCollectionType())
                .hasToString("SET");
    }

    @Test
    void itsPodsAreThoseThatAreSelected() {
        var labels = objects.get("StatefulSet").at("/spec/template/metadata/labels");

        assertThat(service.at("/spec/selector")).isEqualTo(labels);
        assertThat(objects.get("StatefulSet").at("/spec/selector/matchLabels")).isEqualTo(labels);
        assertThat(objects.get("PodDisruptionBudget").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
    }

    @Test
    void itsProbesAskTheManagementPort() {
        assertThat(config.management().host()).isEqualTo("0.0.0.0");
        for (var probe : Map.of("startupProbe", "live", "readinessProbe", "ready", "livenessProbe", "live")
                .entrySet()) {
            var asked = container.get(probe.getKey()).get("httpGet");
            assertThat(text(asked, "/path")).isEqualTo("/health/" + probe.getValue());
            assertThat(text(asked, "/port"))
                    .isEqualTo(Integer.toString(config.management().port()));
        }
    }
}
