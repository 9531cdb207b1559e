package dev.busbar.launch;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Brokers;
import dev.busbar.cluster.Node;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.ClusterConfig;
import dev.busbar.verticle.ContextCalls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Holds the broker connection of one command, on an event loop of its own. Ctrl-C closes it cleanly. */
final class CommandConnection {

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final Context context;
    private final BrokerConfig config;
    private final String name;
    private final StopSignal stop = StopSignal.listen();
    private BrokerConnection connection;

    private CommandConnection(BrokerConfig config, String name) {
        this.vertx = Runtimes.singleLoop();
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.name = name;
    }

    /**
     * Runs a command and closes its connection, whether the command succeeds or throws.
     *
     * @param name the connection's name at the broker
     * @param command returns the exit code
     */
    static int with(BrokerConfig config, String name, Function<CommandConnection, Integer> command) {
        var connection = new CommandConnection(config, name);
        try {
            return command.apply(connection);
        } finally {
            Await.within(CLOSE_DEADLINE, connection.disconnect());
            Await.closed(connection.vertx, CLOSE_DEADLINE);
        }
    }

    /** Connects to the broker. The future completes on the connection's event loop. */
    Future<BrokerConnection> connect() {
        return ContextCalls.call(context, () -> {
            connection = Brokers.connection(context, config, name);
            return connection.connect().map(connection);
        });
    }

    /** Returns the node that this process is. */
    Node node(ClusterConfig cluster) {
        return Node.of(vertx, cluster);
    }

    /** Waits for the result and returns its exit code, or {@link ExitCode#INTERRUPTED} after Ctrl-C or SIGTERM. */
    <T> int await(Future<T> result, ToIntFunction<T> exitCode) {
        var finished = result.toCompletionStage().toCompletableFuture();
        Await.result(CompletableFuture.anyOf(finished, stop.received()));
        return finished.isDone() ? exitCode.applyAsInt(Await.result(finished)) : ExitCode.INTERRUPTED;
    }

    private Future<Void> disconnect() {
        return ContextCalls.call(context, () -> connection == null ? Future.succeededFuture() : connection.close());
    }
}
