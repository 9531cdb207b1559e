package dev.busbar.broker;

import static dev.busbar.testing.broker.Await.done;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Holds a connection of the SPI and its event loop, for a test that waits. */
public final class Client {

    private static final int WINDOW = 500;

    final BrokerConnection connection;
    final ContextInternal loop;

    Client(Vertx vertx, BrokerConfig config, String name, UnaryOperator<BrokerConnection> arrangement) {
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
        this.connection =
                arrangement.apply(transport(config.uris().get(0).scheme()).connection((Context) loop, config, name));
    }

    private static BrokerTransport transport(String scheme) {
        return ServiceLoader.load(BrokerTransport.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(transport -> transport.schemes().contains(scheme))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no transport speaks " + scheme));
    }

    /** Runs a task on the event loop, and returns the outcome of its future. */
    <T> Future<T> later(Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        loop.runOnContext(ignored -> {
            try {
                task.get().onComplete(promise);
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }

    <T> T on(Supplier<Future<T>> task) {
        return done(later(task));
    }

    <T> T get(Supplier<T> task) {
        return on(() -> Future.succeededFuture(task.get()));
    }

    void run(Runnable task) {
        get(() -> {
            task.run();
            return null;
        });
    }

    Client connect() {
        on(connection::connect);
        return this;
    }

    void close() {
        on(connection::close);
    }

    Publisher publisher(ExchangeConfig exchange) {
        return on(() -> connection.publisher(new PublisherSpec("test", List.of(Topology.of(exchange)))));
    }

    Subscription subscribe(ExchangeConfig exchange, QueueConfig queue, int prefetch, Inbox inbox, String... filters) {
        return on(() -> connection.subscribe(spec(exchange, queue, prefetch, filters), inbox));
    }

    static SubscriptionSpec spec(ExchangeConfig exchange, QueueConfig queue, int prefetch, String... filters) {
        var topology = new Topology(
                exchange, queue, Arrays.stream(filters).map(TopicFilter::parse).toList());
        return new SubscriptionSpec("test", topology, prefetch);
    }

    PublishOutcome publish(Publisher publisher, BridgeMessage message) {
        return publish(publisher, message, false);
    }

    PublishOutcome publish(Publisher publisher, BridgeMessage message, boolean mandatory) {
        return done(publishLater(publisher, message, mandatory));
    }

    Future<PublishOutcome> publishLater(Publisher publisher, BridgeMessage message, boolean mandatory) {
        return later(() -> {
            Promise<PublishOutcome> outcome = Promise.promise();
            publisher.publish(message, mandatory, outcome::complete);
            return outcome.future();
        });
    }

    /**
     * Publishes messages in order, a window of them at a time. Completes when all are confirmed, and fails if one is
     * not.
     */
    Future<Void> publishAll(Publisher publisher, Stream<BridgeMessage> messages) {
        return later(() -> {
            Promise<Void> all = Promise.promise();
            var queue = new ConfirmQueue<BridgeMessage>(WINDOW, Integer.MAX_VALUE, Long.MAX_VALUE);
            messages.forEach(message -> queue.offer(message, 1));
            var sender = new ConfirmedSender<>(queue, wire(publisher), (message, outcome) -> {
                if (!(outcome instanceof PublishOutcome.Confirmed)) {
                    all.tryFail(outcome.toString());
                } else if (queue.isEmpty()) {
                    all.tryComplete();
                }
            });
            publisher.onReady(sender::pump);
            sender.pump();
            return all.future();
        });
    }

    private static ConfirmedSender.Wire<BridgeMessage> wire(Publisher publisher) {
        return new ConfirmedSender.Wire<>() {
            @Override
            public boolean ready() {
                return publisher.ready();
            }

            @Override
            public void send(BridgeMessage message, io.vertx.core.Handler<PublishOutcome> outcome) {
                publisher.publish(message, false, outcome);
            }
        };
    }
}
