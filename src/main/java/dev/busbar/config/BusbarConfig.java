package dev.busbar.config;

import dev.busbar.Internal;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds everything a bridge is told, as a value that {@link ConfigLoader} makes. Its components are for Busbar's own
 * packages; applications read it as JSON.
 *
 * @param broker the broker and how to reach it
 * @param brokers further brokers by name, for the routes that name one
 * @param exchange the exchange of all routes that name no other
 * @param routes in the order given, with unique names
 * @param subscriptions subscriptions and messages of code and browsers at run time
 * @param datetimes how dates are written
 * @param web Busbar's HTTP port
 * @param wamp the router for Buildbot masters
 * @param management the management port
 * @param cluster the nodes with one event bus
 */
@ConfigSection(title = "Top level")
public record BusbarConfig(
        @Internal @ConfigKey(doc = "The broker and how to reach it.")
        BrokerConfig broker,

        @Internal
        @ConfigKey(
                names = TextKind.BROKER,
                doc = "Further brokers, by names of your choice. A route names its broker in `from.broker` or"
                        + " `to.broker`; browsers, programs and Buildbot masters use the top-level `broker`. See"
                        + " [Several brokers](brokers.md#several-brokers).")
        Map<String, BrokerConfig> brokers,

        @Internal @ConfigKey(doc = "The exchange of all routes that name no other.")
        ExchangeConfig exchange,

        @Internal @ConfigKey(doc = "The routes, each from the broker to the event bus or back.")
        List<RouteConfig> routes,

        @Internal @ConfigKey(doc = "Subscriptions and messages of code and browsers at run time.")
        SubscriptionsConfig subscriptions,

        @Internal
        @ConfigKey(
                byDefault = "iso",
                doc = "How dates are written into JSON; all three forms are read. `iso`:"
                        + " `\"2014-03-01T12:00:00Z\"`; `epoch`: seconds since 1970, as Buildbot writes them; `kombu`:"
                        + " kombu's `__type__` objects.")
        DatetimeStyle datetimes,

        @Internal @ConfigKey(doc = "Busbar's HTTP port: console, API, event bus bridge and WAMP router.")
        WebConfig web,

        @Internal @ConfigKey(doc = "A router for Buildbot masters.")
        WampConfig wamp,

        @Internal @ConfigKey(doc = "The management port: health and metrics.")
        ManagementConfig management,

        @Internal @ConfigKey(doc = "Several nodes with one event bus.")
        ClusterConfig cluster) {

    @Internal
    public BusbarConfig {
        brokers = Collections.unmodifiableMap(new LinkedHashMap<>(brokers));
        routes = List.copyOf(routes);
        RecordSection.check(
                BusbarConfig.class,
                broker,
                brokers,
                exchange,
                routes,
                subscriptions,
                datetimes,
                web,
                wamp,
                management,
                cluster);
        Findings findings = new Findings();
        findings.addAll(betweenRoutes(new NamedBrokers(broker, brokers), exchange, routes, cluster));
        findings.addAll(DeploymentRules.checkReject(
                PersistentConfig.THEN,
                "broker",
                broker,
                subscriptions.persistent().onFailure()));
        findings.addAll(PlainRules.check(broker, subscriptions, web));
        findings.addAll(Ports.check(broker, web, management, cluster));
        findings.addAll(WebConfig.check(web));
        findings.addAll(WampRules.check(wamp, web, exchange));
        findings.addAll(ManagementConfig.check(management, web));
        findings.raise();
    }

    /**
     * Returns the same configuration with other routes.
     *
     * @param others the routes instead of its own
     * @return checked as when it is loaded
     */
    @Internal
    public BusbarConfig withRoutes(List<RouteConfig> others) {
        return RecordSection.copy(this, Map.of("routes", others));
    }

    /**
     * Returns the broker of a route.
     *
     * @param route one of this configuration
     * @return the one that it names, or else the top-level one
     */
    @Internal
    public BrokerConfig brokerOf(RouteConfig route) {
        return new NamedBrokers(broker, brokers).of(route);
    }

    /**
     * Returns whether a route is on the top-level broker, or could be, because there is no other.
     *
     * @return {@code false} if every route names another broker
     */
    @Internal
    public boolean usesTopLevelBroker() {
        return new NamedBrokers(broker, brokers).usesMain(routes);
    }

    /** @param routes may have {@code null} in the place of a route that could not be read */
    static List<Problem> betweenRoutes(
            NamedBrokers brokers, ExchangeConfig exchange, List<RouteConfig> routes, ClusterConfig cluster) {
        Findings findings = new Findings();
        findings.addAll(brokers.check(routes));
        findings.addAll(RouteRules.check(exchange, routes));
        findings.addAll(DeploymentRules.check(brokers, routes, cluster));
        return findings.all();
    }

    /**
     * Returns the same for a node of a cluster.
     *
     * @return a configuration with {@code cluster.enabled}
     * @throws InvalidConfigException if that cannot be
     */
    public BusbarConfig clustered() {
        return RecordSection.copy(this, Map.of("cluster", cluster.switchedOn()));
    }

    /**
     * Returns what is allowed, but probably not meant.
     *
     * @return empty if nothing is
     */
    public List<Problem> warnings() {
        return Warnings.of(this);
    }

    /**
     * Returns the configuration as {@link ConfigLoader#fromJson} reads it. Contains the secrets: for deployment, not
     * for display.
     *
     * @return every default written out
     */
    public JsonObject toJson() {
        return json(true);
    }

    /**
     * Returns the configuration with the secrets masked: for pages and logs.
     *
     * @return else as {@link #toJson()}
     */
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
