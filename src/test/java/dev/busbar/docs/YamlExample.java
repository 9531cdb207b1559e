package dev.busbar.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.busbar.testing.TlsFiles;
import dev.busbar.web.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * An example in YAML or JSON. A piece of a configuration is made a whole one: with the broker of the test where it
 * names none, files in place of those below {@code /etc/busbar}, and values for the environment variables it takes.
 */
record YamlExample(Block block, JsonNode tree) {

    static final String PASSWORD = "secret";

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+}");

    static YamlExample of(Block block) {
        try {
            return new YamlExample(block, YAML.readTree(block.text()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(block + " is not well-formed: " + e.getMessage(), e);
        }
    }

    /** For Prometheus; everything else is for Busbar. */
    boolean isForPrometheus() {
        return tree.has("scrape_configs");
    }

    /** Writes it, whole, into the checkout. */
    Path configuration(Checkout checkout) {
        var whole = tree.<ObjectNode>deepCopy();
        if (!whole.has("broker")) {
            whole.putObject("broker").put("uri", "amqp://localhost");
        }
        port(whole, "web", "8080");
        port(whole, "management", "8081");
        var text = VARIABLE.matcher(whole.toString()).replaceAll(Tokens.SECRET);
        if (text.contains("/etc/busbar/")) {
            text = text.replace("/etc/busbar/", files(checkout) + "/");
        }
        return checkout.write("example.json", checkout.here(text));
    }

    private static void port(ObjectNode whole, String section, String usual) {
        if (!whole.has(section)) {
            whole.putObject(section);
        }
        var settings = (ObjectNode) whole.get(section);
        if (!settings.has("port")) {
            settings.put("port", Integer.parseInt(usual));
        }
    }

    /** Writes the files that examples name: all users that are named have the one password. */
    private Path files(Checkout checkout) {
        try {
            var folder = Files.createDirectories(checkout.folder().resolve("etc"));
            var lines = new StringBuilder();
            for (var users : tree.findValues("users")) {
                users.forEach(user -> lines.append(user.asText()).append(":$apr1$saltsalt$LrttParrLPdxvgutaSXWJ0\n"));
            }
            Files.writeString(folder.resolve("htpasswd"), lines);
            Files.copy(TlsFiles.get().ca(), folder.resolve("authority.pem"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
