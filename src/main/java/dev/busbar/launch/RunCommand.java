package dev.busbar.launch;

import dev.busbar.config.BusbarConfig;
import dev.busbar.config.LoadedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the routes of a configuration until a signal stops them. */
@Command(
        name = "run",
        description = "Runs the routes of a configuration, with the embedded broker if that is the one it names. Ctrl-C"
                + " or SIGTERM stops it cleanly, within 20 seconds, a node of a cluster within 30; a second one"
                + " ends it at once, with 128 plus its number.")
final class RunCommand implements Callable<Integer> {

    /** More than all that a bridge waits for at a stop, one after the other, before a broker that does not answer. */
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(18);

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(2);
    /** A node that leaves the cluster first hands its share of the shared data to the others. */
    private static final Duration LEAVE_DEADLINE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration. Without it, conf/busbar.yaml, or the built-in copy of that file.")
    private Path config;

    @Option(
            names = "--instances",
            paramLabel = "N",
            defaultValue = "1",
            description = "The number of event loops on which the routes run (default: ${DEFAULT-VALUE}).")
    private int instances;

    @Option(
            names = "--cluster",
            description = "Run as a node of a cluster, as 'enabled: true' under 'cluster' in the configuration does.")
    private boolean cluster;

    @Option(
            names = "--demo",
            description =
                    "Send a made-up stream of builds through the broker, and print what comes back as --show does.")
    private boolean demo;

    @Option(
            names = "--show",
            description = "Print the messages that arrive at the event bus addresses of inbound routes whose delivery"
                    + " is 'publish'. Other addresses are not shown, because a consumer there would take messages"
                    + " away from the handlers.")
    private boolean show;

    @Override
    public Integer call() {
        if (instances < 1) {
            throw new ParameterException(spec.commandLine(), "--instances: " + instances + " is not at least 1");
        }
        var startNanos = System.nanoTime();
        var loaded = Configurations.choose(config);
        var chosen = withOptions(loaded.orThrow());
        ((LoadedConfig.Valid) loaded).warnings().forEach(warning -> err("warning: " + warning));
        var stop = StopSignal.listen().received();
        var stopOrFailure =
                CompletableFuture.anyOf(stop, UncaughtFailures.listen().brokerFailed());
        var vertx = Await.result(Runtimes.forService(chosen.cluster()));
        var service = new Service(vertx, chosen);
        var traffic = new Traffic(vertx, out(), chosen.routes());
        var starting =
                service.start(instances, show || demo ? traffic::watch : () -> {}, demo ? new DemoStream() : null);
        return runUntilStopped(starting, stopOrFailure, vertx, service, () -> {
            banner(loaded.source(), chosen, service, startNanos).forEach(out()::println);
            if (show || demo) {
                out().println(traffic.describe());
            }
            out().flush();
        });
    }

    /** Applies the options {@code --demo} and {@code --cluster} to the configuration. */
    private BusbarConfig withOptions(BusbarConfig config) {
        var complete = demo ? DemoStream.addRoute(config) : config;
        return cluster ? complete.clustered() : complete;
    }

    /** Waits until the service stops, stops all of it whatever the reason, and returns the exit code. */
    private int runUntilStopped(
            Future<Void> starting, CompletableFuture<Object> stop, Vertx vertx, Service service, Runnable announce) {
        int code;
        try {
            code = awaitStop(starting, stop, announce);
        } catch (RuntimeException failure) {
            end(vertx, service);
            throw failure;
        }
        if (!end(vertx, service)) {
            throw new CommandFailure("the stop took longer than "
                    + STOP_DEADLINE.plus(CLOSE_DEADLINE).toSeconds() + " s and was cut short: queues that live until a"
                    + " stop may be left over");
        }
        out().println("stopped");
        out().flush();
        return code;
    }

    /** @param stop completes when a signal has come; fails if the embedded broker does */
    private int awaitStop(Future<Void> starting, CompletableFuture<Object> stop, Runnable announce) {
        var start = starting.toCompletionStage().toCompletableFuture();
        Await.result(CompletableFuture.anyOf(start, stop));
        if (!start.isDone()) {
            err("stopping before everything was up");
            return ExitCode.INTERRUPTED;
        }
        Await.result(start);
        announce.run();
        Await.result(stop);
        out().println("stopping: finishing what is in flight; a second signal ends it at once");
        out().flush();
        return ExitCode.OK;
    }

    private static boolean end(Vertx vertx, Service service) {
        var inTime = Await.within(STOP_DEADLINE, service.stop());
        return Await.closed(vertx, vertx.isClustered() ? LEAVE_DEADLINE : CLOSE_DEADLINE) && inTime;
    }

    private static List<String> banner(String source, BusbarConfig config, Service service, long startNanos) {
        var startMillis = (System.nanoTime() - startNanos) / 1_000_000;
        return new Banner(
                        source,
                        config,
                        service.uris(),
                        service.notices(),
                        service.managementUrl(),
                        service.webUrl(),
                        Await.result(service.clusterLines()))
                .render(startMillis);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void err(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }
}
