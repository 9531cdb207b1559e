package dev.busbar.launch;

import dev.busbar.config.ConfigLoader;
import dev.busbar.config.LoadedConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the configuration a command works with. What this version cannot do counts as a problem of it. */
final class Configurations {

    static final Path DEFAULT = Path.of("conf/busbar.yaml");

    /** The shipped {@code conf/busbar.yaml}, packaged by the build. */
    private static final String BUILT_IN = "busbar.yaml";

    private Configurations() {}

    /** @param file the one asked for; {@code null} for {@link #DEFAULT}, or what was built in if that does not exist */
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
                throw new CommandFailure("the configuration built in is missing: name a file with --config");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
