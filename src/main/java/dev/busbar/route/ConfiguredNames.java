package dev.busbar.route;

import dev.busbar.broker.KnownNames;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.RouteChains;
import dev.busbar.delivery.UndeliveredHandlers;
import java.util.HashSet;
import java.util.Objects;

/** Collects the names of the queues and exchanges that a configuration has on one broker. */
final class ConfiguredNames {

    private ConfiguredNames() {}

    /** @param broker its name; {@code null} for the top-level one */
    static KnownNames of(BusbarConfig config, String broker) {
        var queues = new HashSet<String>();
        var exchanges = new HashSet<String>();
        exchanges.add(config.exchange().name());
        for (var route : RouteChains.joined(config.routes())) {
            if (!Objects.equals(route.broker(), broker)) {
                continue;
            }
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
