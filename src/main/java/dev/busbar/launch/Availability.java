package dev.busbar.launch;

import dev.busbar.broker.Brokers;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.LoadedConfig;
import dev.busbar.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** Refuses a configuration that is valid but asks for a broker protocol which is not on the class path. */
final class Availability {

    private Availability() {}

    /** Returns the configuration, or its problems if this version cannot run it. */
    static LoadedConfig check(LoadedConfig loaded) {
        if (loaded instanceof LoadedConfig.Valid valid) {
            var problems = problems(valid.config());
            return problems.isEmpty() ? valid : new LoadedConfig.Invalid(valid.source(), problems);
        }
        return loaded;
    }

    private static List<Problem> problems(BusbarConfig config) {
        var problems = new ArrayList<Problem>();
        check("broker", config.broker(), problems);
        config.brokers().forEach((name, broker) -> check("brokers." + name, broker, problems));
        return problems;
    }

    private static void check(String path, BrokerConfig broker, List<Problem> problems) {
        var supported = Brokers.schemes();
        for (var uri : broker.uris()) {
            if (!supported.contains(uri.scheme())) {
                problems.add(new Problem(
                        path + ".uri",
                        uri.toString(),
                        "has a scheme that this version does not support",
                        "Use one of " + String.join(", ", supported)));
            }
        }
    }
}
