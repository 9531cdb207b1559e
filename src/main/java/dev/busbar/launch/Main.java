package dev.busbar.launch;

import dev.busbar.text.OptionalLibrary;
import java.util.Map;
import java.util.Objects;

/**
 * Starts the process and ends it with the exit code of the command. Uses no class of the libraries that the command
 * line needs, so that it can name those that are missing.
 */
public final class Main {

    /** A class of each library, and the Maven coordinates of the library. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "picocli.CommandLine", "info.picocli:picocli",
            "ch.qos.logback.classic.LoggerContext", "ch.qos.logback:logback-classic",
            "io.vertx.ext.web.Router", "io.vertx:vertx-web",
            "io.vertx.ext.auth.jwt.JWTAuth", "io.vertx:vertx-auth-jwt",
            "io.vertx.ext.auth.htpasswd.HtpasswdAuth", "io.vertx:vertx-auth-htpasswd",
            "io.vertx.ext.healthchecks.HealthChecks", "io.vertx:vertx-health-check",
            "io.micrometer.prometheusmetrics.PrometheusMeterRegistry", "io.micrometer:micrometer-registry-prometheus");

    private Main() {}

    /**
     * Runs a command and ends the process.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        var missing = LIBRARIES.entrySet().stream()
                .map(it -> new OptionalLibrary("Busbar's command line", it.getKey(), it.getValue()).missing())
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            missing.forEach(System.err::println);
            System.exit(ExitCode.FAILED);
        }
        Logging.configure(args.length > 0 && args[0].equals("run"));
        // Returning from main would not do: a worker that waits for a silent broker would keep the process alive.
        System.exit(Commands.execute(args));
    }
}
