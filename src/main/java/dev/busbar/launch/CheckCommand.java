package dev.busbar.launch;

import dev.busbar.config.LoadedConfig;
import dev.busbar.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a configuration without connecting to anything. */
@Command(
        name = "check",
        description = "Validates a configuration: lists every problem with its path, value and remedy, and warns of"
                + " settings that are probably mistakes. Connects to nothing.")
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The configuration, YAML or JSON.")
    private Path file;

    @Override
    public Integer call() {
        var loaded = Configurations.load(file);
        if (loaded instanceof LoadedConfig.Invalid invalid) {
            invalid.describe().lines().forEach(spec.commandLine().getErr()::println);
            return ExitCode.USAGE;
        }
        var valid = (LoadedConfig.Valid) loaded;
        var out = spec.commandLine().getOut();
        var routes = valid.config().routes().size();
        out.println(valid.source() + " is valid: " + routes + (routes == 1 ? " route" : " routes") + ", broker "
                + String.join(
                        ", ",
                        valid.config().broker().uris().stream()
                                .map(Object::toString)
                                .toList()) + ".");
        warnings(valid.warnings()).forEach(out::println);
        return ExitCode.OK;
    }

    static List<String> warnings(List<Problem> warnings) {
        return warnings.stream().map(warning -> "warning: " + warning).toList();
    }
}
