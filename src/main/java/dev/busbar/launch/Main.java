package dev.busbar.launch;

import picocli.CommandLine;

/** Where the process begins. Returns, or exits with the command's code, once everything it started has ended. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Logging.configure(args.length > 0 && args[0].equals("run"));
        var code = commandLine().execute(args);
        if (code != ExitCode.OK) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new BusbarCommand())
                .setParameterExceptionHandler(Complaints::badCommandLine)
                .setExecutionExceptionHandler(Complaints::failed)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100);
    }
}
