package dev.busbar.config;

import java.time.Duration;
import java.util.List;

/**
 * The port for machines: health and metrics.
 *
 * @param port 0 takes a free one
 * @param hosts the names by which clients reach it, besides {@code localhost} and IP addresses
 * @param login whether metrics and details are only for those who authenticate and whose role may observe
 * @param connections at once
 * @param requestTimeout how long a connection may take to send a whole request
 */
public record ManagementConfig(
        boolean enabled,
        String host,
        int port,
        List<String> hosts,
        boolean login,
        int connections,
        Duration requestTimeout) {

    public ManagementConfig {
        ServerSections.HOST.check(host);
        ManagementSection.PORT.check(port);
        hosts = List.copyOf(hosts);
        ManagementSection.HOSTS.check(hosts);
        ManagementSection.CONNECTIONS.check(connections);
        ManagementSection.REQUEST_TIMEOUT.check(requestTimeout);
    }

    /** With everything else as it is by default. */
    public static ManagementConfig of(boolean enabled, String host, int port) {
        return new ManagementConfig(
                enabled,
                host,
                port,
                ManagementSection.HOSTS.fallback(),
                ManagementSection.LOGIN.fallback(),
                ManagementSection.CONNECTIONS.fallback(),
                ManagementSection.REQUEST_TIMEOUT.fallback());
    }

    /** Whether only this machine can connect; by its spelling. */
    public boolean isLoopback() {
        return EmbeddedSection.isLoopback(host);
    }

    /** What must hold between it and the port whose authentication it uses. */
    static List<Problem> check(ManagementConfig management, WebConfig web) {
        Findings found = new Findings();
        if (management.enabled && management.login) {
            found.unless(
                            web.auth().isPossible(),
                            "management.login",
                            true,
                            "needs a way to authenticate",
                            "Set web.auth.htpasswd or web.auth.jwt",
                            "web.auth.")
                    .unless(
                            web.roles().values().stream().anyMatch(RoleConfig::observe),
                            "management.login",
                            true,
                            "lets nobody in: no role may observe",
                            "Set observe to true for one of web.roles",
                            "web.roles.");
        }
        return found.all();
    }
}
