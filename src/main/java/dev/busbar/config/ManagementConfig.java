package dev.busbar.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The port for machines: health and metrics. */
@ConfigSection(
        title = "Management",
        intro = "The port for machines: liveness and readiness at `/health/live` and `/health/ready`, metrics at"
                + " `/metrics`.")
public record ManagementConfig(
        @ConfigKey(byDefault = "true", doc = "Whether it is opened.")
        boolean enabled,

        @ConfigKey(text = TextKind.HOST, byDefault = "127.0.0.1", doc = "The network address to listen on.")
        String host,

        @ConfigKey(range = "0 to 65535", byDefault = "8081", doc = "The port; 0 takes a free one.")
        int port,

        @ConfigKey(
                text = TextKind.HOST_NAME,
                doc =
                        "The names by which clients reach it, besides `localhost` and IP addresses, which are always known; if it"
                                + " listens on more than this machine, names without a dot are too. Requests for other names are"
                                + " refused, lest a web site's name be pointed at it.")
        List<String> hosts,

        @ConfigKey(
                byDefault = "false",
                doc =
                        "Whether metrics and the details of health are only for users and bearers of tokens whose role may"
                                + " `observe`; `web.auth` says how they authenticate. Whether it is alive and ready, without"
                                + " details, everybody may ask.")
        boolean login,

        @ConfigKey(
                range = "10 to 100000",
                byDefault = "200",
                doc =
                        "How many connections it has at once. For a further one, the one is closed that has waited longest without"
                                + " a request; if there is none, the further one is.")
        int connections,

        @ConfigKey(
                range = "1s to 1h",
                byDefault = "10s",
                doc = "How long it may take from a connection to a whole request.")
        Duration requestTimeout) {

    public ManagementConfig {
        hosts = List.copyOf(hosts);
        RecordSection.check(ManagementConfig.class, enabled, host, port, hosts, login, connections, requestTimeout);
    }

    /** With everything else as it is by default. */
    public static ManagementConfig of(boolean enabled, String host, int port) {
        return RecordSection.make(ManagementConfig.class, Map.of("enabled", enabled, "host", host, "port", port));
    }

    /** Whether only this machine can connect; by its spelling. */
    public boolean isLoopback() {
        return EmbeddedConfig.isLoopback(host);
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
