package dev.busbar.route;

import dev.busbar.launch.Command;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Runs Busbar in a JVM of its own, to be killed. */
final class BusbarProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private BusbarProcess() {}

    /** Returns when Busbar is up. */
    static Command start(Path folder, JsonObject config) throws IOException {
        var file = Files.writeString(folder.resolve("busbar.json"), config.encode());
        var java = ProcessHandle.current().info().command().orElseThrow();
        return Command.start("'" + java + "' -cp '" + System.getProperty("java.class.path")
                        + "' dev.busbar.launch.Main run --config '" + file + "'")
                .printing("Ctrl-C stops it.", PATIENCE);
    }
}
