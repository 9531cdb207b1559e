package dev.busbar.launch;

import dev.busbar.config.ConfigLoader;
import dev.busbar.config.LoadedConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds and loads the configuration of a command. What this version cannot do is a problem of the configuration. */
final class Configurations {

    static final Path DEFAULT = Path.of("conf/busbar.yaml");

    /** The resource that the build makes of {@code conf/busbar.yaml}. */
    private static final String BUILT_IN = "busbar.yaml";

    private Configurations() {}

    /**
     * Loads the file.
     *
     * @param file {@code null} for {@link #DEFAULT}, or for the built-in configuration if there is no such file
     */
    static LoadedConfig choose(Path file) {
        if (file != null || Files.exists(DEFAULT)) {
            return load(file == null ? DEFAULT : file);
        }
        return Availability.check(ConfigLoader.parse(builtIn(), "built in (there is no " + DEFAULT + " here)"));
    }

    static LoadedConfig load(Path file) {
        return Availability.check(ConfigLoader.load(file));
    }

    private static String builtIn() {
        try (var resource = Configurations.class.getResourceAsStream(BUILT_IN)) {
            if (resource == null) {
                throw new CommandFailure("the built-in configuration is missing: name a file with --config");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
