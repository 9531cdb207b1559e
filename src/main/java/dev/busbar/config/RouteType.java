package dev.busbar.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The type of routes of both directions, which differ in the keys of {@code from}. */
final class RouteType implements Type<RouteConfig> {

    static final ListOf<RouteConfig> LIST = new ListOf<>(new RouteType(), false);

    private static Section<InboundRoute> inbound() {
        return RecordSection.section(InboundRoute.class);
    }

    private static Section<OutboundRoute> outbound() {
        return RecordSection.section(OutboundRoute.class);
    }

    @Override
    public String describe() {
        return "sections";
    }

    @Override
    public List<Inner> sections() {
        return List.of(new Inner("", inbound()), new Inner("", outbound()));
    }

    @Override
    public Optional<RouteConfig> read(Value value) {
        boolean fromBus = has(value, "from", "address");
        boolean fromBroker = has(value, "from", "filter") || has(value, "from", "queue");
        if (fromBus && fromBroker) {
            value.at("from")
                    .report(
                            null,
                            "has an event bus address and a filter or queue, but a route has one direction",
                            "Keep the address if the route leads to the broker, else the filter or queue; for both"
                                    + " directions write two routes");
            read(without(value, has(value, "to", "key") ? Set.of("filter", "queue") : Set.of("address")));
            return Optional.empty();
        }
        // Without either, the keys of to decide which problem to report.
        boolean isOutbound = fromBus || !fromBroker && has(value, "to", "key");
        if (isOutbound) {
            return outbound().read(value).map(it -> it);
        }
        Optional<InboundRoute> read = inbound().read(value);
        if (!fromBroker && value.has("from") && value.at("from").raw() instanceof Map) {
            // The same problem is reported once only; if another key is missing, nobody else reports it.
            value.reading().reportIfCertain(InboundRouteRules.FROM_NOTHING.under(value.path()));
        }
        return read.map(it -> it);
    }

    /** Returns the route without some keys of {@code from}. */
    private static Value without(Value value, Set<String> keys) {
        Map<Object, Object> route = new LinkedHashMap<>((Map<?, ?>) value.raw());
        Map<Object, Object> from = new LinkedHashMap<>((Map<?, ?>) route.get("from"));
        from.keySet().removeAll(keys);
        route.put("from", from);
        return new Value(value.path(), route, value.reading());
    }

    private static boolean has(Value value, String section, String key) {
        return value.has(section) && value.at(section).has(key);
    }

    @Override
    public Object write(RouteConfig route, boolean reveal) {
        return route instanceof InboundRoute in
                ? inbound().write(in, reveal)
                : outbound().write((OutboundRoute) route, reveal);
    }
}
