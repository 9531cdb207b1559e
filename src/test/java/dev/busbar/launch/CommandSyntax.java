package dev.busbar.launch;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Parses a command line without running it. */
public final class CommandSyntax {

    private CommandSyntax() {}

    /**
     * Returns whether the command exists and has these options and this number of parameters; a name alone is valid.
     */
    public static boolean accepts(String... arguments) {
        if (arguments.length == 1) {
            return Commands.commandLine().getSubcommands().containsKey(arguments[0]);
        }
        try {
            Commands.commandLine().parseArgs(arguments);
            return true;
        } catch (ParameterException refused) {
            return false;
        }
    }

    /** Returns whether any command has this option. */
    public static boolean isOption(String name) {
        var busbar = Commands.commandLine();
        return Stream.concat(Stream.of(busbar), busbar.getSubcommands().values().stream())
                .map(CommandLine::getCommandSpec)
                .anyMatch(command -> command.optionsMap().containsKey(name));
    }
}
