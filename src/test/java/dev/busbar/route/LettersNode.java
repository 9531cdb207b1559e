package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Brokers;
import dev.busbar.config.BusbarConfig;
import dev.busbar.deadletter.DeadLetters;
import dev.busbar.testing.broker.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.function.BiFunction;

/** Works on dead letters as a node of its own would: with its own connections, and its own event loop. */
final class LettersNode implements DeadLetters.Connected, AutoCloseable {

    private final Context loop;
    private final BrokerConnection consuming;
    private final BrokerConnection publishing;
    final DeadLetters letters;

    LettersNode(Vertx vertx, BusbarConfig config) {
        loop = ((VertxInternal) vertx).createEventLoopContext();
        consuming = Brokers.connection(loop, config.broker(), "test consuming");
        publishing = Brokers.connection(loop, config.broker(), "test publishing");
        letters = new DeadLetters(vertx, config, this);
        Await.done(with((one, other) -> Future.join(one.connect(), other.connect())));
    }

    @Override
    public <T> Future<T> with(BiFunction<BrokerConnection, BrokerConnection, Future<T>> work) {
        return Future.future(promise ->
                loop.runOnContext(ignored -> work.apply(consuming, publishing).onComplete(promise)));
    }

    @Override
    public void close() {
        Await.done(with((one, other) -> Future.join(one.close(), other.close())));
    }
}
