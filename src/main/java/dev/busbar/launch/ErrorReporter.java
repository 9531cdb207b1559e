package dev.busbar.launch;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.embedded.EmbeddedBrokerException;
import dev.busbar.cluster.ClusterException;
import dev.busbar.config.InvalidConfigException;
import dev.busbar.log.CleanLogger;
import dev.busbar.route.RouteException;
import dev.busbar.web.ListenException;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Every failure in words on standard error, with the exit code that belongs to it. */
final class ErrorReporter {

    private ErrorReporter() {}

    static int badCommandLine(ParameterException failure, String[] args) {
        var command = failure.getCommandLine();
        var err = command.getErr();
        err.println(failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        var code = codeOf(failure);
        if (code == ExitCode.FAILED && !isForPeople(failure)) {
            CleanLogger.of(ErrorReporter.class).error("unexpected; this is a fault of Busbar's", failure);
        }
        var message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        // The one with several lines, a problem in each.
        (failure instanceof InvalidConfigException ? message.lines() : Stream.of(message))
                .forEach(command.getErr()::println);
        command.getErr().flush();
        return code;
    }

    /** A route that fails because of the broker is the broker's failure. */
    private static int codeOf(Throwable failure) {
        if (failure instanceof InvalidConfigException) {
            return ExitCode.USAGE;
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BrokerException || cause instanceof EmbeddedBrokerException) {
                return ExitCode.BROKER;
            }
        }
        return ExitCode.FAILED;
    }

    private static boolean isForPeople(Throwable failure) {
        return failure instanceof CommandFailure
                || failure instanceof ClusterException
                || failure instanceof RouteException
                || failure instanceof ListenException;
    }
}
