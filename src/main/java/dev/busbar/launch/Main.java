package dev.busbar.launch;

import dev.busbar.text.OptionalLibrary;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the process begins, and ends with the command's code. Knows none of the libraries that the command line needs,
 * so that it can say which one is missing.
 */
public final class Main {

    private static final String THE_COMMAND_LINE = "Busbar's command line";

    private Main() {}

    public static void main(String[] args) {
        var missing = Stream.of(
                        new OptionalLibrary(THE_COMMAND_LINE, "picocli.CommandLine", "info.picocli:picocli"),
                        new OptionalLibrary(
                                THE_COMMAND_LINE,
                                "ch.qos.logback.classic.LoggerContext",
                                "ch.qos.logback:logback-classic"),
                        new OptionalLibrary(THE_COMMAND_LINE, "io.vertx.ext.web.Router", "io.vertx:vertx-web"))
                .map(OptionalLibrary::missing)
                .filter(Objects::nonNull)
                .findFirst();
        if (missing.isPresent()) {
            System.err.println(missing.get());
            System.exit(ExitCode.FAILED);
        }
        Logging.configure(args.length > 0 && args[0].equals("run"));
        // Not by returning: a worker may still wait for a broker that does not answer, and would keep the process
        // alive.
        System.exit(Commands.execute(args));
    }
}
