package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import dev.busbar.Internal;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Everything a bridge is told, as a value that {@link ConfigLoader} makes. Its components are for Busbar's own
 * packages; applications read it as JSON.
 *
 * @param broker the broker and how to reach it
 * @param exchange the exchange of what names no other
 * @param routes in the order given, with unique names
 * @param subscriptions what is subscribed at run time, and its bounds
 * @param datetimes how dates are written
 * @param web the HTTP port for browsers
 * @param wamp the router for Buildbot masters
 * @param management the HTTP port for health and metrics
 * @param cluster the nodes with one event bus
 */
public record BusbarConfig(
        @Internal BrokerConfig broker,
        @Internal ExchangeConfig exchange,
        @Internal List<RouteConfig> routes,
        @Internal SubscriptionsConfig subscriptions,
        @Internal DatetimeStyle datetimes,
        @Internal WebConfig web,
        @Internal WampConfig wamp,
        @Internal ManagementConfig management,
        @Internal ClusterConfig cluster) {

    @Internal
    public BusbarConfig {
        requireNonNull(broker, "broker");
        requireNonNull(exchange, "exchange");
        requireNonNull(subscriptions, "subscriptions");
        requireNonNull(datetimes, "datetimes");
        requireNonNull(web, "web");
        requireNonNull(wamp, "wamp");
        requireNonNull(management, "management");
        requireNonNull(cluster, "cluster");
        routes = List.copyOf(routes);
        Findings findings = new Findings();
        findings.addAll(betweenRoutes(broker, exchange, routes, cluster));
        findings.addAll(Ports.check(broker, web, management, cluster));
        findings.addAll(WebConfig.check(web));
        findings.addAll(WampRules.check(wamp, web, exchange));
        findings.addAll(ManagementConfig.check(management, web));
        findings.raise();
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
     * Returns the same for a node of a cluster.
     *
     * @return a configuration with {@code cluster.enabled}
     * @throws InvalidConfigException if that cannot be
     */
    public BusbarConfig clustered() {
        return new BusbarConfig(
                broker, exchange, routes, subscriptions, datetimes, web, wamp, management, cluster.switchedOn());
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
        Map<String, Object> written = RootSection.of(exchange).write(this, reveal);
        return new JsonObject(Variables.escapeAll(written));
    }

    @Override
    public String toString() {
        return redacted().encode();
    }
}
