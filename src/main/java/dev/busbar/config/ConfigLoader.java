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
 * environment variable of that name, {@code ${NAME:-default}} has a default, and a second dollar sign before the brace
 * makes it plain text. A variable may stand for a single value of any type.
 */
public final class ConfigLoader {

    private final UnaryOperator<String> environment;

    private ConfigLoader(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /**
     * Returns a loader that takes variables from elsewhere than the process's environment.
     *
     * @param lookup the value of a variable by its name, {@code null} for what is not set
     * @return reads as the static methods do
     */
    public static ConfigLoader withEnvironment(UnaryOperator<String> lookup) {
        return new ConfigLoader(lookup);
    }

    /**
     * Reads a file, and so blocks. A file that cannot be read is a problem like any other.
     *
     * @param file YAML, or strict JSON if its name ends with {@code .json}
     * @return the configuration, or all of its problems
     */
    public static LoadedConfig load(Path file) {
        return withEnvironment(System::getenv).loadFile(file);
    }

    /**
     * Reads a text.
     *
     * @param text YAML or JSON
     * @param sourceName what to call the text in messages; one that ends with {@code .json} is read as strict JSON
     * @return the configuration, or all of its problems
     */
    public static LoadedConfig parse(String text, String sourceName) {
        return withEnvironment(System::getenv).parseText(text, sourceName);
    }

    /**
     * Reads the same schema from memory, as it stands in {@code DeploymentOptions}.
     *
     * @param json with the keys of a file
     * @return the configuration
     * @throws InvalidConfigException with all problems
     */
    public static BusbarConfig fromJson(JsonObject json) {
        return withEnvironment(System::getenv).parseJson(json);
    }

    /**
     * Reads a file as {@link #load} does, with this loader's variables.
     *
     * @param file YAML, or strict JSON if its name ends with {@code .json}
     * @return the configuration, or all of its problems
     */
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

    /**
     * Reads a text as {@link #parse} does, with this loader's variables.
     *
     * @param text YAML or JSON
     * @param sourceName what to call the text in messages; one that ends with {@code .json} is read as strict JSON
     * @return the configuration, or all of its problems
     */
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

    /**
     * Reads JSON as {@link #fromJson} does, with this loader's variables.
     *
     * @param json with the keys of a file
     * @return the configuration
     * @throws InvalidConfigException with all problems
     */
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
                    .map(it -> BusbarConfig.betweenRoutes(
                            new NamedBrokers(it.get("broker"), it.get("brokers")), shared, readable, it.get("cluster")))
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
