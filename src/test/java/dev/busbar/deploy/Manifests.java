package dev.busbar.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Shell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Kubernetes objects, as {@code kubectl kustomize} makes them of a folder.
 *
 * @param text in YAML
 * @param objects the same, read
 */
record Manifests(String text, List<JsonNode> objects) {

    static Manifests of(Path folder) throws IOException {
        var kubectl = Requirement.command("kubectl", "kubernetes-client").orSkip();
        var text = Shell.run(new ProcessBuilder(kubectl.toString(), "kustomize", folder.toString()));
        try (var documents = new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            return new Manifests(text, documents.readAll());
        }
    }

    /** The object of this kind and name. */
    JsonNode get(String kind, String name) {
        var found = objects.stream()
                .filter(it -> it.get("kind").asText().equals(kind))
                .filter(it -> it.at("/metadata/name")
                        .asText()
                        .replaceFirst("-[a-z0-9]{10}$", "")
                        .equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(kind + " " + name + " is there " + found.size() + " times in\n" + text);
        }
        return found.get(0);
    }

    JsonNode pod() {
        return get("StatefulSet", "busbar").at("/spec/template/spec");
    }

    JsonNode container() {
        return pod().at("/containers/0");
    }

    /** The file of the configuration that is mounted. */
    String file(String name) {
        return get("ConfigMap", "busbar").get("data").get(name).asText();
    }

    /** The variables that the container is given, with the same value all. */
    Map<String, String> variables(String value) {
        return strings(container().get("env"), "name").stream().collect(Collectors.toMap(it -> it, it -> value));
    }

    /** The port of a container that has this name. */
    int port(String name) {
        return StreamSupport.stream(container().get("ports").spliterator(), false)
                .filter(it -> it.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .get("containerPort")
                .asInt();
    }

    /** A field of each element, or each element itself if the field is {@code null}. */
    static List<String> strings(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(it -> (field == null ? it : it.get(field)).asText())
                .toList();
    }
}
