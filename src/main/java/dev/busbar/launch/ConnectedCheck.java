package dev.busbar.launch;

import dev.busbar.broker.BrokerException;
import dev.busbar.check.BrokerCheck;
import dev.busbar.check.Finding;
import dev.busbar.check.Finding.Verdict;
import dev.busbar.cluster.Node;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BusbarConfig;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Compares a configuration with the brokers that it uses, one after the other, and prints what it finds. */
final class ConnectedCheck {

    private final BusbarConfig config;
    private final PrintWriter out;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    ConnectedCheck(BusbarConfig config, PrintWriter out) {
        this.config = config;
        this.out = out;
    }

    /** Returns the exit code. */
    int run() {
        if (Service.usesTopLevelBroker(config) && config.broker().isEmbedded()) {
            out.println("The broker is embedded: it starts with Busbar, and there is nothing to look at before.");
        } else if (Service.usesTopLevelBroker(config) && !look(null, config.broker())) {
            return ExitCode.INTERRUPTED;
        }
        for (var other : config.brokers().entrySet()) {
            if (isUsed(other.getKey()) && !look(other.getKey(), other.getValue())) {
                return ExitCode.INTERRUPTED;
            }
        }
        out.println(summary());
        return count(Verdict.PROBLEM) == 0 ? ExitCode.OK : ExitCode.BROKER;
    }

    private boolean isUsed(String broker) {
        return config.routes().stream().anyMatch(route -> broker.equals(route.broker()));
    }

    /** Looks at one broker; returns {@code false} if somebody interrupts that. */
    private boolean look(String name, BrokerConfig broker) {
        out.println("On " + (name == null ? "the broker" : "broker " + name) + " at "
                + broker.uris().get(0) + ":");
        out.flush();
        try {
            return CommandConnection.with(broker, "busbar check", client -> {
                        var node = node(client);
                        var looked = client.connect()
                                .compose(connection -> BrokerCheck.check(
                                        connection, config, name, Service.hasSubscriptions(config), node, this::print));
                        return client.await(looked, ignored -> ExitCode.OK);
                    })
                    != ExitCode.INTERRUPTED;
        } catch (BrokerException unreachable) {
            print(new Finding(
                    Verdict.PROBLEM, "the broker", "cannot be looked at: " + unreachable.getMessage(), List.of()));
            return true;
        }
    }

    /** Returns the node that Busbar would be here; of a cluster, if the configuration makes it one. */
    private Node node(CommandConnection client) {
        var alone = client.node(config.cluster());
        return config.cluster().enabled() ? new Node("", alone.name()) : alone;
    }

    private void print(Finding finding) {
        counts.merge(finding.verdict(), 1, Integer::sum);
        out.println(finding.line());
        out.flush();
    }

    private int count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }

    private String summary() {
        var problems = count(Verdict.PROBLEM);
        var unknown = count(Verdict.UNKNOWN);
        return (problems == 0
                        ? "No problem was found"
                        : problems == 1 ? "There is 1 problem" : "There are " + problems + " problems")
                + (unknown == 0 ? "." : "; " + unknown + " could not be looked at.");
    }
}
