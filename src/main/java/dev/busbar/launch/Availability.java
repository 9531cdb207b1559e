package dev.busbar.launch;

import dev.busbar.broker.Brokers;
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
        var supported = Brokers.schemes();
        for (var uri : config.broker().uris()) {
            if (!supported.contains(uri.scheme())) {
                problems.add(new Problem(
                        "broker.uri",
                        uri.toString(),
                        "has a scheme that this version does not support",
                        "Use one of " + String.join(", ", supported)));
            }
        }
        return problems;
    }
}
