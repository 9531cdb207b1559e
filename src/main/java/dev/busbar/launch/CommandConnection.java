package dev.busbar.launch;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Brokers;
import dev.busbar.config.BrokerConfig;
import dev.busbar.verticle.ContextCalls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** One connection, on one event loop, for as long as a command runs; Ctrl-C ends it cleanly. */
final class CommandConnection {

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Context context;
    private final BrokerConfig config;
    private final String name;
    private final StopSignal stop = StopSignal.listen();
    private BrokerConnection connection;

    private CommandConnection(BrokerConfig config, String name) {
        this.vertx = Runtimes.small();
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.name = name;
    }

    /** Closes what the work has opened, whatever it came to. */
    static int with(BrokerConfig config, String name, Function<CommandConnection, Integer> work) {
        var session = new CommandConnection(config, name);
        try {
            return work.apply(session);
        } finally {
            Await.within(CLOSE_DEADLINE, session.disconnect());
            Await.closed(session.vertx, CLOSE_DEADLINE);
        }
    }

    /** @return completes on the connection's event loop */
    Future<BrokerConnection> connect() {
        return ContextCalls.call(context, () -> {
            connection = Brokers.connection(context, config, name);
            return connection.connect().map(connection);
        });
    }

    /** @return what {@code report} makes of the result, or {@link ExitCode#INTERRUPTED} after a signal */
    <T> int await(Future<T> result, ToIntFunction<T> report) {
        var finished = result.toCompletionStage().toCompletableFuture();
        Await.result(CompletableFuture.anyOf(finished, stop.received()));
        return finished.isDone() ? report.applyAsInt(Await.result(finished)) : ExitCode.INTERRUPTED;
    }

    private Future<Void> disconnect() {
        return ContextCalls.call(context, () -> connection == null ? Future.succeededFuture() : connection.close());
    }
}
