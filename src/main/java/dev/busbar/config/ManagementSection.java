package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class ManagementSection {

    static final Key<Boolean> ENABLED = Key.of("enabled", Types.BOOLEAN, true, "Whether it is opened.");
    static final Key<Integer> PORT = Key.of("port", ServerSections.PORT, 8081, "The port; 0 takes a free one.");
    static final Key<List<String>> HOSTS = Key.of(
            "hosts",
            new ListOf<>(
                    Types.text(
                            "host name without port",
                            "busbar.example.org",
                            it -> it.matches("[A-Za-z0-9._-]+"),
                            "is not a host name",
                            "Write the name clients use in their URLs, without scheme and port"),
                    true),
            List.of(),
            "The names by which clients reach it, besides `localhost` and IP addresses, which are always known; if it"
                    + " listens on more than this machine, names without a dot are too. Requests for other names are"
                    + " refused, lest a web site's name be pointed at it.");
    static final Key<Boolean> LOGIN = Key.of(
            "login",
            Types.BOOLEAN,
            false,
            "Whether metrics and the details of health are only for users and bearers of tokens whose role may"
                    + " `observe`; `web.auth` says how they authenticate. Whether it is alive and ready, without"
                    + " details, everybody may ask.");
    static final Key<Integer> CONNECTIONS = Key.of(
            "connections",
            Types.integer(10, 100_000),
            200,
            "How many connections it has at once. For a further one, the one is closed that has waited longest without"
                    + " a request; if there is none, the further one is.");
    static final Key<Duration> REQUEST_TIMEOUT = Key.of(
            "requestTimeout",
            Durations.between(Duration.ofSeconds(1), Duration.ofHours(1)),
            Duration.ofSeconds(10),
            "How long it may take from a connection to a whole request.");

    static final Section<ManagementConfig> TYPE = new Section<>(
            "Management",
            "The port for machines: liveness and readiness at `/health/live` and `/health/ready`, metrics at"
                    + " `/metrics`.",
            List.of(
                    ENABLED.from(ManagementConfig::enabled),
                    ServerSections.HOST.from(ManagementConfig::host),
                    PORT.from(ManagementConfig::port),
                    HOSTS.from(ManagementConfig::hosts),
                    LOGIN.from(ManagementConfig::login),
                    CONNECTIONS.from(ManagementConfig::connections),
                    REQUEST_TIMEOUT.from(ManagementConfig::requestTimeout)),
            it -> new ManagementConfig(
                    it.get(ENABLED),
                    it.get(ServerSections.HOST),
                    it.get(PORT),
                    it.get(HOSTS),
                    it.get(LOGIN),
                    it.get(CONNECTIONS),
                    it.get(REQUEST_TIMEOUT)));

    private ManagementSection() {}
}
