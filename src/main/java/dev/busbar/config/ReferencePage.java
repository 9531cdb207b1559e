package dev.busbar.config;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Renders the reference page from the keys that read the configuration, so that the two cannot disagree. */
final class ReferencePage {

    private static final String INTRO = """
            # Configuration

            <!-- Made from the schema in dev.busbar.config. ReferencePageTest compares it and says how to rewrite it. -->

            YAML or JSON, in a file or as the `DeploymentOptions` of the verticle. Unknown keys and keys that appear twice are
            errors; `busbar check FILE` lists every problem without connecting to anything. A commented
            example is `conf/busbar.yaml`.

            In any value, `${NAME}` is the environment variable `NAME`, `${NAME:-default}` has a default for when it is unset
            or empty, and `$${` is a plain `${`. No variable of yours should end with `_PORT`: Kubernetes sets such variables, named after
            services, to values like `tcp://10.96.12.7:8080`. Durations are `100ms`, `30s`, `5m`, `1h`; sizes `64MiB` or `512KiB` (1024),
            `10MB` (1000), or plain bytes. Texts that contain `*`, `#`, `{` or `}` need quotes in most places.
            """;

    private final StringBuilder page = new StringBuilder(INTRO);
    /** The titles of the sections, by identity: a section that is used twice is documented once. */
    private final Map<Section<?>, String> titles = new IdentityHashMap<>();

    private ReferencePage() {}

    static String render() {
        ReferencePage reference = new ReferencePage();
        reference.section("", RecordSection.section(BusbarConfig.class));
        return reference.page.toString();
    }

    private void section(String path, Section<?> section) {
        titles.put(section, section.title());
        page.append("\n## ").append(section.title()).append("\n\n");
        if (!path.isEmpty()) {
            page.append("`").append(path).append("`");
            page.append(section.intro().isEmpty() ? "" : ": " + section.intro()).append("\n\n");
        }
        page.append("| key | type | default | meaning |\n|---|---|---|---|\n");
        section.fields().forEach(field -> page.append(row(field.key())));
        List<Runnable> further = new ArrayList<>();
        section.fields()
                .forEach(field -> field.key().type().sections().forEach(inner -> {
                    if (!titles.containsKey(inner.section())) {
                        titles.put(inner.section(), inner.section().title());
                        String innerPath = Problem.join(path, field.key().name() + inner.suffix());
                        further.add(() -> section(innerPath, inner.section()));
                    }
                }));
        further.forEach(Runnable::run);
    }

    private static <T> String row(Key<T> key) {
        return "| `" + key.name() + "` | " + type(key) + " | " + fallback(key) + " | " + key.meaning() + " |\n";
    }

    private static String type(Key<?> key) {
        List<Type.Inner> inner = key.type().sections();
        if (inner.isEmpty()) {
            return key.type().describe();
        }
        List<String> links = inner.stream()
                .map(it ->
                        "[" + it.section().title() + "](#" + anchor(it.section().title()) + ")")
                .toList();
        return key.type().describe() + ": " + String.join(", ", links);
    }

    private static <T> String fallback(Key<T> key) {
        if (!key.fallbackText().isEmpty()) {
            return key.fallbackText();
        }
        Object written = key.type().write(key.fallback(), true);
        if (written instanceof List<?> list && list.isEmpty()) {
            return "none";
        }
        if (!key.type().sections().isEmpty()) {
            return "see there";
        }
        Object shown = written instanceof List<?> list && list.size() == 1 ? list.get(0) : written;
        return "`" + shown + "`";
    }

    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
