package dev.busbar.launch;

import picocli.CommandLine;

/** Where the process begins, and ends with the command's code. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Logging.configure(args.length > 0 && args[0].equals("run"));
        // Not by returning: a worker may still wait for a broker that does not answer, and would keep the process
        // alive.
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var commands = new CommandLine(new BusbarCommand());
        return commands.setOut(new Terminal(commands.getOut()))
                .setErr(new Terminal(commands.getErr()))
                .setParameterExceptionHandler(Complaints::badCommandLine)
                .setExecutionExceptionHandler(Complaints::failed)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100);
    }
}
