package dev.busbar.launch;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Causes;
import dev.busbar.broker.embedded.EmbeddedBrokerException;
import dev.busbar.config.InvalidConfigException;
import dev.busbar.log.CleanLogger;
import dev.busbar.text.UserFacingFailure;
import java.util.stream.Stream;
import org.slf4j.Logger;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports why a command has failed, on standard error, and chooses the exit code. */
final class ErrorReporter {

    private static final Logger LOG = CleanLogger.of(ErrorReporter.class);

    private ErrorReporter() {}

    /** Says what is wrong with the command line and how to get help. */
    static int badCommandLine(ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        var err = command.getErr();
        err.println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** Prints a failure that is meant for a person in its own words, and any other with what a bug report needs. */
    static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        var code = codeOf(failure);
        var err = command.getErr();
        if (failure instanceof UserFacingFailure || code == ExitCode.BROKER) {
            lines(failure).forEach(err::println);
        } else {
            LOG.error("a command has failed unexpectedly", failure);
            err.println("unexpected failure: " + failure);
            err.println("This is a fault of Busbar. Please report it, with the stack trace in the log and with these"
                    + " versions: " + String.join(", ", VersionProvider.versions()));
        }
        err.flush();
        return code;
    }

    /** Only the problems of a configuration have a line each; other messages are one line, whatever is in them. */
    private static Stream<String> lines(Exception failure) {
        var message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return failure instanceof InvalidConfigException ? message.lines() : Stream.of(message);
    }

    /** Returns the broker's exit code also for a route that has failed because of the broker. */
    private static int codeOf(Throwable failure) {
        if (failure instanceof InvalidConfigException) {
            return ExitCode.USAGE;
        }
        var isBroker = Causes.find(failure, BrokerException.class) != null
                || Causes.find(failure, EmbeddedBrokerException.class) != null;
        return isBroker ? ExitCode.BROKER : ExitCode.FAILED;
    }
}
