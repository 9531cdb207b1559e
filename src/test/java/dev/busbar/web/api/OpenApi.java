package dev.busbar.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads the API's description, and checks answers against it. */
final class OpenApi {

    static final String TEXT = text();

    private static final JsonObject DOCUMENT = parse();

    private OpenApi() {}

    private static String text() {
        try {
            return Files.readString(Path.of("src/main/resources/dev/busbar/web/api/openapi.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // the keys of YAML are texts
    private static JsonObject parse() {
        try {
            return new JsonObject(new ObjectMapper(new YAMLFactory()).readValue(TEXT, Map.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the operations, e.g. {@code get /routes/{name}}. */
    static List<String> operations() {
        var paths = DOCUMENT.getJsonObject("paths");
        return paths.fieldNames().stream()
                .flatMap(path -> paths.getJsonObject(path).fieldNames().stream().map(method -> method + " " + path))
                .toList();
    }

    /** Checks that the operation has this answer, and that the answer has the described form. */
    static void assertDescribes(String method, String path, HttpResponse<String> answer) {
        var responses = DOCUMENT.getJsonObject("paths")
                .getJsonObject(path)
                .getJsonObject(method)
                .getJsonObject("responses");
        var status = Integer.toString(answer.statusCode());
        assertThat(responses.fieldNames()).as(answer.body()).contains(status);
        var response = responses.getJsonObject(status);
        var described = response.containsKey("$ref")
                ? DOCUMENT.getJsonObject("components")
                        .getJsonObject("responses")
                        .getJsonObject(response.getString("$ref").replaceFirst(".*/", ""))
                : response;
        var schema = described
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema");
        var options = new JsonSchemaOptions()
                .setBaseUri("https://busbar.test/")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic);
        var result = Validator.create(JsonSchema.of((JsonObject) inlined(schema)), options)
                .validate(new JsonObject(answer.body()));
        assertThat(result.getValid())
                .as(answer.body() + "\n" + result.getErrors())
                .isTrue();
    }

    /** Replaces references to schemas by the schemas. */
    private static Object inlined(Object value) {
        if (value instanceof JsonArray list) {
            return new JsonArray(list.stream().map(OpenApi::inlined).toList());
        } else if (!(value instanceof JsonObject object)) {
            return value;
        } else if (object.containsKey("$ref")) {
            var name = object.getString("$ref").replaceFirst("^#/components/schemas/", "");
            return inlined(DOCUMENT.getJsonObject("components")
                    .getJsonObject("schemas")
                    .getJsonObject(name));
        } else {
            var copy = new JsonObject();
            object.forEach(it -> copy.put(it.getKey(), inlined(it.getValue())));
            return copy;
        }
    }
}
