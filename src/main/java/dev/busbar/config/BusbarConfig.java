package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Everything a bridge is told.
 *
 * @param exchange the exchange of what names no other
 * @param routes in the order given, with unique names
 */
public record BusbarConfig(
        BrokerConfig broker,
        ExchangeConfig exchange,
        List<RouteConfig> routes,
        SubscriptionsConfig subscriptions,
        DatetimeStyle datetimes,
        WebConfig web,
        WampConfig wamp,
        ManagementConfig management,
        ClusterConfig cluster) {

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
     * The same for a node of a cluster.
     *
     * @throws InvalidConfigException if that cannot be
     */
    public BusbarConfig clustered() {
        return new BusbarConfig(
                broker, exchange, routes, subscriptions, datetimes, web, wamp, management, cluster.switchedOn());
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
        Map<String, Object> written = RootSection.of(exchange).write(this, reveal);
        return new JsonObject(Variables.escapeAll(written));
    }

    @Override
    public String toString() {
        return redacted().encode();
    }
}
