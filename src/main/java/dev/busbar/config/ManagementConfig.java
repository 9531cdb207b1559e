package dev.busbar.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The management port: health and metrics. */
@ConfigSection(
        title = "Management",
        intro = "The management port: liveness at `/health/live`, readiness at `/health/ready`, metrics"
                + " at `/metrics`.")
public record ManagementConfig(
        @ConfigKey(byDefault = "true", doc = "Whether Busbar opens the port.")
        boolean enabled,

        @ConfigKey(text = TextKind.HOST, byDefault = "127.0.0.1", doc = "The network address to listen on.")
        String host,

        @ConfigKey(range = "0 to 65535", byDefault = "8081", doc = "The port; 0 takes a free one.")
        int port,

        @ConfigKey(
                text = TextKind.HOST_NAME,
                doc = "The host names by which clients reach the port. `localhost` and IP addresses are always"
                        + " allowed, and names without a dot if the port is open to other machines. Requests for other"
                        + " names are refused, so that nobody can point a web site's name at the port.")
        List<String> hosts,

        @ConfigKey(
                byDefault = "false",
                doc = "Whether metrics and the details of health are only for users and bearers of tokens whose"
                        + " role may `observe`; `web.auth` says how they authenticate. Everybody may ask whether the"
                        + " process is alive and ready, without details.")
        boolean login,

        @ConfigKey(
                range = "10 to 100000",
                byDefault = "200",
                doc = "How many connections the port has at a time. For a further connection, Busbar closes the"
                        + " one that has waited longest without a request; if there is none, it closes the further"
                        + " one.")
        int connections,

        @ConfigKey(
                range = "1s to 1h",
                byDefault = "10s",
                doc = "How long a new connection may take to send a whole request.")
        Duration requestTimeout) {

    public ManagementConfig {
        hosts = List.copyOf(hosts);
        RecordSection.check(ManagementConfig.class, enabled, host, port, hosts, login, connections, requestTimeout);
    }

    /** Returns the port with all other defaults. */
    public static ManagementConfig of(boolean enabled, String host, int port) {
        return RecordSection.make(ManagementConfig.class, Map.of("enabled", enabled, "host", host, "port", port));
    }

    /** Whether only this machine can connect, by the spelling of the host. */
    public boolean isLoopback() {
        return EmbeddedConfig.isLoopback(host);
    }

    /** Checks the login of the management port, which uses the authentication of the HTTP port. */
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
