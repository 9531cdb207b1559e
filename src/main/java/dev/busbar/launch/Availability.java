package dev.busbar.launch;

import dev.busbar.broker.Brokers;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.LoadedConfig;
import dev.busbar.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** What the schema allows and this version does not have: refused, so that nobody relies on what is not there. */
final class Availability {

    private Availability() {}

    static LoadedConfig check(LoadedConfig loaded) {
        if (loaded instanceof LoadedConfig.Valid valid) {
            var problems = problems(valid.config());
            return problems.isEmpty() ? valid : new LoadedConfig.Invalid(valid.source(), problems);
        }
        return loaded;
    }

    private static List<Problem> problems(BusbarConfig config) {
        var problems = new ArrayList<Problem>();
        var known = Brokers.schemes();
        for (var uri : config.broker().uris()) {
            if (!known.contains(uri.scheme())) {
                problems.add(new Problem(
                        "broker.uri",
                        uri.toString(),
                        "has a scheme that nothing in this version speaks",
                        "Use one of " + String.join(", ", known)));
            }
        }
        return problems;
    }
}
