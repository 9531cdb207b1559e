package dev.busbar.launch;

import picocli.CommandLine;

/** Busbar's commands, as a command line names them. */
final class Commands {

    private Commands() {}

    /** @return the exit code */
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
