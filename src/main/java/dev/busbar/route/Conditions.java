package dev.busbar.route;

import dev.busbar.config.ConditionConfig;
import io.vertx.core.MultiMap;
import java.util.List;

/** Finds out whether a message meets the conditions of its route. Pure. */
final class Conditions {

    private Conditions() {}

    /** @param headers and body as a handler gets them */
    static boolean areMet(List<ConditionConfig> where, MultiMap headers, Object body) {
        for (var condition : where) {
            var found = condition.header() != null
                    ? headers.get(condition.header())
                    : condition.pointer().textIn(body);
            if (!condition.isMet(found)) {
                return false;
            }
        }
        return true;
    }
}
