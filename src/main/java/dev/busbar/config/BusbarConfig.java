package dev.busbar.config;

import java.util.List;

/** Everything a bridge is told. */
public record BusbarConfig(
        BrokerConfig broker,
        ExchangeConfig exchange,
        List<RouteConfig> routes,
        DatetimeStyle datetimes,
        WebConfig web,
        ManagementConfig management,
        ClusterConfig cluster) {

    public BusbarConfig {
        routes = List.copyOf(routes);
    }
}
