package dev.busbar.route;

import dev.busbar.broker.KnownNames;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.delivery.UndeliveredHandlers;
import java.util.HashSet;

/** Collects the names of the queues and exchanges that a configuration has. */
final class ConfiguredNames {

    private ConfiguredNames() {}

    static KnownNames of(BusbarConfig config) {
        var queues = new HashSet<String>();
        var exchanges = new HashSet<String>();
        exchanges.add(config.exchange().name());
        for (var route : config.routes()) {
            if (route instanceof InboundRoute in) {
                exchanges.add(in.exchange().name());
                if (in.queue().name() != null) {
                    queues.add(in.queue().name());
                }
                var kept = UndeliveredHandlers.kept(in);
                if (kept != null) {
                    exchanges.add(kept.exchange().name());
                    if (kept.queue() != null) {
                        queues.add(kept.queue().name());
                    }
                }
            } else if (route instanceof OutboundRoute out) {
                out.targets().forEach(it -> exchanges.add(it.name()));
            }
        }
        return new KnownNames(queues, exchanges);
    }
}
