package dev.busbar.launch;

import picocli.CommandLine;

/** Sets up the command line and runs the command that it names. */
final class Commands {

    private Commands() {}

    /** Runs a command and returns its exit code. */
    static int execute(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        var commands = new CommandLine(new BusbarCommand());
        return commands.setOut(new Terminal(commands.getOut()))
                .setErr(new Terminal(commands.getErr()))
                .setParameterExceptionHandler(ErrorReporter::badCommandLine)
                .setExecutionExceptionHandler(ErrorReporter::failed)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100);
    }
}
