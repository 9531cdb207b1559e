package dev.busbar.launch;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.broker.Topology;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints messages as they are published, until Ctrl-C or a given number of them. */
@Command(
        name = "tail",
        description = "Prints messages as they are published, one line each: time, key, body. Uses a queue of its own,"
                + " so that no other consumer misses a message. Control characters are escaped as in JSON."
                + " Reconnects; runs until Ctrl-C.")
final class TailCommand implements Callable<Integer> {

    private static final int PREFETCH = 500;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILTER",
            description =
                    "The routing keys to listen to, e.g. 'builds.*.finished' or 'builds.#': * is one word, # any number.")
    private String filter;

    @Option(names = "--properties", description = "Also print properties and headers, one indented line each.")
    private boolean properties;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after this number of messages.")
    private Integer count;

    @Mixin
    private TargetOptions target;

    private final Promise<Void> done = Promise.promise();
    private int printed;
    private boolean hasListened;

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            throw new ParameterException(spec.commandLine(), "--count: " + count + " is not at least 1");
        }
        var queue = new QueueConfig(null, QueueLife.TRANSIENT, QueueType.CLASSIC, Map.of());
        var topology = new Topology(target.exchange(), queue, List.of(checkedFilter()));
        var broker = target.broker();
        return CommandConnection.with(broker, "busbar tail", client -> {
            var ended = client.connect()
                    .compose(connection -> subscribe(connection, topology, broker))
                    .compose(subscription -> {
                        watch(subscription, broker);
                        return done.future();
                    });
            return client.await(ended, ignored -> ExitCode.OK);
        });
    }

    private TopicFilter checkedFilter() {
        try {
            return TopicFilter.parse(filter);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "FILTER: " + e.getMessage());
        }
    }

    private Future<Subscription> subscribe(BrokerConnection connection, Topology topology, BrokerConfig broker) {
        var lines = new MessageLine(new PayloadCodec(target.config().datetimes(), broker.maxMessageBytes()));
        return connection.subscribe(
                new SubscriptionSpec("tail", topology, PREFETCH).startingEarly(),
                delivery -> received(delivery, lines));
    }

    private void received(Delivery delivery, MessageLine lines) {
        if (done.future().isComplete()) {
            return;
        }
        var out = spec.commandLine().getOut();
        out.println(lines.of(delivery.message()));
        if (properties) {
            MessageLine.properties(delivery).forEach(line -> out.println("    " + line));
        }
        out.flush();
        delivery.settle(Settlement.ACCEPTED);
        if (count != null && ++printed >= count) {
            done.tryComplete();
        }
    }

    private void watch(Subscription subscription, BrokerConfig broker) {
        var err = spec.commandLine().getErr();
        subscription.onStateChange(state -> report(err, state, broker));
    }

    private void report(PrintWriter err, SubscriptionState state, BrokerConfig broker) {
        if (state instanceof SubscriptionState.Active) {
            hasListened = true;
            err.println("listening for " + filter + " on exchange '"
                    + target.exchange().name() + "' at "
                    + Banner.shown(broker.uris().get(0)) + "; Ctrl-C ends it");
        } else if (state instanceof SubscriptionState.Recovering recovering && hasListened) {
            err.println("not listening: " + recovering.cause());
        }
        err.flush();
    }
}
