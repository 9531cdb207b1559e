package dev.busbar.launch;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Defines the command line as a whole; each subcommand is a class of its own. */
@Command(
        name = "busbar",
        description = "Joins the Vert.x event bus and AMQP brokers.",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            PublishCommand.class,
            TailCommand.class,
            HealthCommand.class
        },
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.OK_TEXT,
            ExitCode.FAILED_TEXT,
            ExitCode.USAGE_TEXT,
            ExitCode.BROKER_TEXT,
            ExitCode.INTERRUPTED_TEXT
        })
final class BusbarCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Prints the usage, because a subcommand is missing. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }
}
