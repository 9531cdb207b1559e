package dev.busbar.config;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The whole configuration of a bridge. */
@ConfigSection(title = "Top level")
public record BusbarConfig(
        @ConfigKey(doc = "The broker and how to reach it.") BrokerConfig broker,

        @ConfigKey(doc = "The exchange of all routes that name no other.")
        ExchangeConfig exchange,

        @ConfigKey(doc = "What is carried where.") List<RouteConfig> routes,

        @ConfigKey(doc = "What is subscribed to and produced at run time.")
        SubscriptionsConfig subscriptions,

        @ConfigKey(
                byDefault = "iso",
                doc =
                        "How dates are written into JSON; all three are read. `iso`: `\"2014-03-01T12:00:00Z\"`; `epoch`: seconds"
                                + " since 1970, as Buildbot does; `kombu`: its `__type__` objects.")
        DatetimeStyle datetimes,

        @ConfigKey(doc = "The port for people.") WebConfig web,
        @ConfigKey(doc = "A router for Buildbot masters.") WampConfig wamp,
        @ConfigKey(doc = "The port for machines.") ManagementConfig management,

        @ConfigKey(doc = "Several nodes with one event bus.")
        ClusterConfig cluster) {

    public BusbarConfig {
        routes = List.copyOf(routes);
        RecordSection.check(
                BusbarConfig.class, broker, exchange, routes, subscriptions, datetimes, web, wamp, management, cluster);
        Findings findings = new Findings();
        findings.addAll(betweenRoutes(broker, exchange, routes, cluster));
        findings.addAll(Ports.check(broker, web, management, cluster));
        findings.addAll(WebConfig.check(web));
        findings.addAll(WampRules.check(wamp, web, exchange));
        findings.addAll(ManagementConfig.check(management, web));
        findings.raise();
    }

    /** The same with other routes. */
    public BusbarConfig withRoutes(List<RouteConfig> others) {
        return RecordSection.copy(this, Map.of("routes", others));
    }

    /** @param routes may have {@code null} in the place of a route that could not be read */
    static List<Problem> betweenRoutes(
            BrokerConfig broker, ExchangeConfig exchange, List<RouteConfig> routes, ClusterConfig cluster) {
        Findings findings = new Findings();
        findings.addAll(RouteRules.check(exchange, routes));
        findings.addAll(DeploymentRules.check(broker, routes, cluster));
        return findings.all();
    }

    /**
     * The same for a node of a cluster.
     *
     * @throws InvalidConfigException if that cannot be
     */
    public BusbarConfig clustered() {
        return RecordSection.copy(this, Map.of("cluster", cluster.switchedOn()));
    }

    /** What is allowed, but probably not meant. */
    public List<Problem> warnings() {
        return Warnings.of(this);
    }

    /**
     * The configuration for {@link ConfigLoader#fromJson}, every default written out. Contains the secrets: for
     * deployment, not for display.
     */
    public JsonObject toJson() {
        return json(true);
    }

    /** As {@link #toJson()}, but with the secrets masked: for pages and logs. */
    public JsonObject redacted() {
        return json(false);
    }

    private JsonObject json(boolean reveal) {
        Map<String, Object> written = RecordSection.section(BusbarConfig.class).write(this, reveal);
        return new JsonObject(Variables.escapeAll(written));
    }

    @Override
    public String toString() {
        return redacted().encode();
    }
}
