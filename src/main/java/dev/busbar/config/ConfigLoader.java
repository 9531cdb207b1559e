package dev.busbar.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads configurations in YAML or JSON, and reports all their problems at once. {@code ${NAME}} in any text is the
 * environment variable of that name, {@code ${NAME:-default}} has a default, {@code $${} is a plain {@code ${}. A
 * variable may stand for a single value of any type.
 */
public final class ConfigLoader {

    private final UnaryOperator<String> environment;

    private ConfigLoader(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /**
     * Returns a loader with other variables than those of the process; the lookup returns {@code null} for unset ones.
     */
    public static ConfigLoader withEnvironment(UnaryOperator<String> lookup) {
        return new ConfigLoader(lookup);
    }

    /** Reads a file, and so blocks. A file that cannot be read is a problem of the configuration. */
    public static LoadedConfig load(Path file) {
        return withEnvironment(System::getenv).loadFile(file);
    }

    /**
     * @param sourceName the name of the text in messages; if it ends with {@code .json}, the text is read as strict
     *     JSON
     */
    public static LoadedConfig parse(String text, String sourceName) {
        return withEnvironment(System::getenv).parseText(text, sourceName);
    }

    /**
     * Reads a configuration from memory, as in {@code DeploymentOptions}, with the same keys.
     *
     * @throws InvalidConfigException with all problems
     */
    public static BusbarConfig fromJson(JsonObject json) {
        return withEnvironment(System::getenv).parseJson(json);
    }

    public LoadedConfig loadFile(Path file) {
        try {
            LoadedConfig loaded = parseText(Files.readString(file), file.toString());
            return loaded instanceof LoadedConfig.Valid valid ? withFilesChecked(valid) : loaded;
        } catch (NoSuchFileException missing) {
            return invalid(file.toString(), "The file does not exist", "Check the path: " + file.toAbsolutePath());
        } catch (CharacterCodingException binary) {
            return invalid(file.toString(), "The file is not UTF-8 text", "Save it as UTF-8");
        } catch (IOException unreadable) {
            String what = Files.isDirectory(file) ? "This is a folder, not a file" : "The file cannot be read";
            return invalid(file.toString(), what, "Check the path and its permissions: " + file.toAbsolutePath());
        }
    }

    public LoadedConfig parseText(String text, String sourceName) {
        YamlTree tree = YamlTree.parse(text.startsWith("\uFEFF") ? text.substring(1) : text, sourceName);
        if (tree.root() == null) {
            return tree.problems().isEmpty()
                    ? invalid(
                            sourceName,
                            "The file is empty",
                            "Write at least what broker to use, \"broker: {uri: embedded}\", or {} for all defaults")
                    : new LoadedConfig.Invalid(sourceName, tree.problems());
        }
        Reading reading = new Reading(tree.lines());
        tree.problems().forEach(reading::report);
        Optional<BusbarConfig> config = read(tree.root(), reading);
        if (config.isPresent() && reading.problems().isEmpty()) {
            List<Problem> warnings =
                    config.get().warnings().stream().map(reading::located).toList();
            return new LoadedConfig.Valid(sourceName, config.get(), warnings);
        }
        List<Problem> ordered = new ArrayList<>(reading.problems());
        ordered.sort(Comparator.comparingInt(Problem::line));
        return new LoadedConfig.Invalid(sourceName, ordered);
    }

    public BusbarConfig parseJson(JsonObject json) {
        Reading reading = new Reading(Map.of());
        Optional<BusbarConfig> config = read(JsonTree.of(json), reading);
        return config.orElseThrow(() -> new InvalidConfigException("", reading.problems()));
    }

    private Optional<BusbarConfig> read(Object root, Reading reading) {
        Value value = new Value("", new Variables(environment, reading).resolve("", root), reading);
        ExchangeConfig shared = shared(value);
        reading.useExchange(shared);
        Section<BusbarConfig> section = RecordSection.section(BusbarConfig.class);
        Optional<BusbarConfig> config = section.read(value);
        if (reading.isDoubtful("routes") && value.at("routes").raw() instanceof List) {
            // One bad route must not hide the problems between the others.
            reading.trust("routes");
            Value quiet = value.quietly();
            List<RouteConfig> readable = RouteType.LIST.readEach(quiet.at("routes")).stream()
                    .map(it -> it.orElse(null))
                    .toList();
            section.values(quiet)
                    .map(it -> BusbarConfig.betweenRoutes(it.get("broker"), shared, readable, it.get("cluster")))
                    .ifPresent(problems -> problems.forEach(reading::reportIfCertain));
        }
        return reading.problems().isEmpty() ? config : Optional.empty();
    }

    private static ExchangeConfig shared(Value root) {
        ExchangeConfig byDefault = RecordSection.defaults(ExchangeConfig.class);
        return root.has("exchange")
                ? RecordSection.section(ExchangeConfig.class)
                        .read(root.at("exchange").quietly())
                        .orElse(byDefault)
                : byDefault;
    }

    private static LoadedConfig withFilesChecked(LoadedConfig.Valid valid) {
        List<Problem> warnings = new ArrayList<>(valid.warnings());
        warnings.addAll(Warnings.files(valid.config()));
        return new LoadedConfig.Valid(valid.source(), valid.config(), warnings);
    }

    private static LoadedConfig invalid(String source, String message, String remedy) {
        return new LoadedConfig.Invalid(source, List.of(new Problem("", null, message, remedy)));
    }
}
