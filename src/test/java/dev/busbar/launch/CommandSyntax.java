package dev.busbar.launch;

import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the command line would make of a command, without running it. */
public final class CommandSyntax {

    private CommandSyntax() {}

    /** Whether there is such a command, with such options and as many parameters, or none if just the name is given. */
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

    /** Whether one of the commands has it. */
    public static boolean isOption(String name) {
        var busbar = Commands.commandLine();
        return Stream.concat(Stream.of(busbar), busbar.getSubcommands().values().stream())
                .map(CommandLine::getCommandSpec)
                .anyMatch(command -> command.optionsMap().containsKey(name));
    }
}
