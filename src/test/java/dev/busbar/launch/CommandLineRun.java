package dev.busbar.launch;

import java.io.StringWriter;

/** Runs a command in this JVM and holds its exit code and its output. */
public record CommandLineRun(int code, String out, String err) {

    public static CommandLineRun of(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = Commands.commandLine()
                .setOut(new Terminal(out))
                .setErr(new Terminal(err))
                .execute(args);
        return new CommandLineRun(code, out.toString(), err.toString());
    }
}
