package dev.busbar.launch;

import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.LoadedConfig;
import dev.busbar.config.Problem;
import dev.busbar.config.UnconfirmedMessages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Validates a configuration, and compares it with its broker if asked to. */
@Command(
        name = "check",
        description = "Validates a configuration: lists every problem with its path, value and remedy, and warns of"
                + " settings that are probably mistakes. Connects to nothing, unless told to.")
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The configuration, YAML or JSON.")
    private Path file;

    @Option(
            names = "--connect",
            description = "Also connect to the broker and print for every exchange and queue that the configuration"
                    + " needs whether it exists as configured, is declared at the start, or is a problem, and which"
                    + " permissions the user lacks. Changes nothing there. A problem is exit code 3.")
    private boolean connect;

    @Override
    public Integer call() {
        var loaded = Configurations.load(file);
        if (loaded instanceof LoadedConfig.Invalid invalid) {
            invalid.describe().lines().forEach(spec.commandLine().getErr()::println);
            return ExitCode.USAGE;
        }
        var valid = (LoadedConfig.Valid) loaded;
        var config = valid.config();
        var out = spec.commandLine().getOut();
        var routes = config.routes().size();
        out.println(valid.source() + " is valid: " + routes + (routes == 1 ? " route" : " routes") + ", "
                + brokers(config) + ".");
        warnings(valid.warnings()).forEach(out::println);
        var unconfirmed = UnconfirmedMessages.boundOf(config);
        if (!unconfirmed.isEmpty()) {
            out.println(unconfirmed);
        }
        return connect ? new ConnectedCheck(config, out).run() : ExitCode.OK;
    }

    private static String brokers(BusbarConfig config) {
        var all = new ArrayList<String>();
        if (Service.usesTopLevelBroker(config)) {
            all.add("broker " + uris(config.broker()));
        }
        config.brokers().forEach((name, broker) -> all.add("broker " + name + " " + uris(broker)));
        return String.join(", ", all);
    }

    private static String uris(BrokerConfig broker) {
        return broker.uris().stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    static List<String> warnings(List<Problem> warnings) {
        return warnings.stream().map(warning -> "warning: " + warning).toList();
    }
}
