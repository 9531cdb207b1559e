package dev.busbar.config;

import java.util.List;

final class RootSection {

    static final Key<BrokerConfig> BROKER =
            Key.of("broker", BrokerSection.TYPE, BrokerSection.DEFAULT, "The broker and how to reach it.");
    static final Key<ExchangeConfig> EXCHANGE = Key.of(
            "exchange",
            ExchangeSection.TYPE,
            ExchangeSection.DEFAULT,
            "The exchange of all routes that name no other.");
    static final Key<SubscriptionsConfig> SUBSCRIPTIONS = Key.of(
            "subscriptions",
            SubscriptionsSection.TYPE,
            SubscriptionsSection.DEFAULT,
            "What is subscribed to and produced at run time.");
    static final Key<DatetimeStyle> DATETIMES = Key.of(
            "datetimes",
            Types.choice(DatetimeStyle.class),
            DatetimeStyle.ISO,
            "How dates are written into JSON; all three are read. `iso`: `\"2014-03-01T12:00:00Z\"`; `epoch`: seconds"
                    + " since 1970, as Buildbot does; `kombu`: its `__type__` objects.");
    static final Key<WebConfig> WEB = Key.of("web", WebSection.TYPE, WebSection.DEFAULT, "The port for people.");
    static final Key<WampConfig> WAMP =
            Key.of("wamp", WampSection.TYPE, WampSection.DEFAULT, "A router for Buildbot masters.");
    static final Key<ManagementConfig> MANAGEMENT = Key.of(
            "management",
            ManagementSection.TYPE,
            ManagementConfig.of(true, "127.0.0.1", ManagementSection.PORT.fallback()),
            "The port for machines.");
    static final Key<ClusterConfig> CLUSTER =
            Key.of("cluster", ClusterSection.TYPE, ClusterConfig.of(false), "Several nodes with one event bus.");

    private RootSection() {}

    /** @param shared the exchange of routes that name none */
    static ListOf<RouteConfig> routes(ExchangeConfig shared) {
        return new ListOf<>(new RouteType(shared), false);
    }

    /** @param shared the exchange of routes that name none */
    static Section<BusbarConfig> of(ExchangeConfig shared) {
        Key<List<RouteConfig>> routes = Key.of("routes", routes(shared), List.of(), "What is carried where.");
        return new Section<>(
                "Top level",
                "",
                List.of(
                        BROKER.from(BusbarConfig::broker),
                        EXCHANGE.from(BusbarConfig::exchange),
                        routes.from(BusbarConfig::routes),
                        SUBSCRIPTIONS.from(BusbarConfig::subscriptions),
                        DATETIMES.from(BusbarConfig::datetimes),
                        WEB.from(BusbarConfig::web),
                        WAMP.from(BusbarConfig::wamp),
                        MANAGEMENT.from(BusbarConfig::management),
                        CLUSTER.from(BusbarConfig::cluster)),
                it -> new BusbarConfig(
                        it.get(BROKER),
                        it.get(EXCHANGE),
                        it.get(routes),
                        it.get(SUBSCRIPTIONS),
                        it.get(DATETIMES),
                        it.get(WEB),
                        it.get(WAMP),
                        it.get(MANAGEMENT),
                        it.get(CLUSTER)));
    }
}
