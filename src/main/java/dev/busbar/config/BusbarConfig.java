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

        @ConfigKey(doc = "The routes, each from the broker to the event bus or back.")
        List<RouteConfig> routes,

        @ConfigKey(doc = "Subscriptions and messages of code and browsers at run time.")
        SubscriptionsConfig subscriptions,

        @ConfigKey(
                byDefault = "iso",
                doc = "How dates are written into JSON; all three forms are read. `iso`:"
                        + " `\"2014-03-01T12:00:00Z\"`; `epoch`: seconds since 1970, as Buildbot writes them; `kombu`:"
                        + " kombu's `__type__` objects.")
        DatetimeStyle datetimes,

        @ConfigKey(doc = "Busbar's HTTP port: console, API, event bus bridge and WAMP router.")
        WebConfig web,

        @ConfigKey(doc = "A router for Buildbot masters.") WampConfig wamp,

        @ConfigKey(doc = "The management port: health and metrics.")
        ManagementConfig management,

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

    /** Returns the same configuration with other routes. */
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
     * Returns the same configuration for a node of a cluster.
     *
     * @throws InvalidConfigException if the routes do not allow that
     */
    public BusbarConfig clustered() {
        return RecordSection.copy(this, Map.of("cluster", cluster.switchedOn()));
    }

    /** Returns warnings: what is allowed, but probably not meant. */
    public List<Problem> warnings() {
        return Warnings.of(this);
    }

    /**
     * Returns the configuration for {@link ConfigLoader#fromJson}, with every default. Contains the secrets: for
     * deployment, not for display.
     */
    public JsonObject toJson() {
        return json(true);
    }

    /** Returns the JSON of {@link #toJson()} with masked secrets, for pages and logs. */
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
