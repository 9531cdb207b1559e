package dev.busbar.launch;

import dev.busbar.check.BrokerCheck;
import dev.busbar.check.Finding;
import dev.busbar.check.Finding.Verdict;
import dev.busbar.cluster.Node;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.LoadedConfig;
import dev.busbar.config.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
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

    private int problems;

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
        var uris = config.broker().uris().stream().map(Object::toString).collect(Collectors.joining(", "));
        out.println(valid.source() + " is valid: " + routes + (routes == 1 ? " route" : " routes") + ", broker " + uris
                + ".");
        warnings(valid.warnings()).forEach(out::println);
        return connect ? compare(config, out) : ExitCode.OK;
    }

    static List<String> warnings(List<Problem> warnings) {
        return warnings.stream().map(warning -> "warning: " + warning).toList();
    }

    private int compare(BusbarConfig config, PrintWriter out) {
        var code = ExitCode.OK;
        if (config.broker().isEmbedded()) {
            out.println("The broker is embedded: it starts with Busbar, and there is nothing to look at before.");
        } else {
            code = compare(config, null, config.broker(), out);
        }
        for (var other : config.brokers().entrySet()) {
            code = code == ExitCode.OK ? compare(config, other.getKey(), other.getValue(), out) : code;
        }
        if (code == ExitCode.OK) {
            out.println(
                    problems == 0
                            ? "There is, or Busbar declares, what the configuration needs."
                            : problems == 1 ? "There is 1 problem." : "There are " + problems + " problems.");
            code = problems == 0 ? ExitCode.OK : ExitCode.BROKER;
        }
        return code;
    }

    /** Prints what is on one broker, and counts the problems. */
    private int compare(BusbarConfig config, String name, BrokerConfig broker, PrintWriter out) {
        out.println("On " + (name == null ? "the broker" : "broker " + name) + " at "
                + broker.uris().get(0) + ":");
        out.flush();
        return CommandConnection.with(broker, "busbar check", client -> {
            var node = node(client, config);
            var findings = client.connect()
                    .compose(connection ->
                            BrokerCheck.check(connection, config, name, Service.hasSubscriptions(config), node));
            return client.await(findings, found -> print(found, out));
        });
    }

    /** Returns the node that Busbar would be here; of a cluster, if the configuration makes it one. */
    private static Node node(CommandConnection client, BusbarConfig config) {
        var alone = client.node(config.cluster());
        return config.cluster().enabled() ? new Node("", alone.name()) : alone;
    }

    private int print(List<Finding> findings, PrintWriter out) {
        for (var finding : findings) {
            out.println(finding.line());
            problems += finding.verdict() == Verdict.PROBLEM ? 1 : 0;
        }
        return ExitCode.OK;
    }
}
