package dev.busbar.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The port for people, and what browsers may do there: what no role permits is forbidden.
 *
 * @param instances on how many event loops it runs; {@code null} for one for each processor
 * @param anonymous the role of those who do not say who they are, or {@code null}
 */
@ConfigSection(
        title = "Web",
        intro =
                "The port of the console at `/`, of its API at `/api`, of the event bus bridge for browsers at `/eventbus`, and of"
                        + " `/wamp`. What no role permits is forbidden.")
public record WebConfig(
        @ConfigKey(byDefault = "true", doc = "Whether it is opened.")
        boolean enabled,

        @ConfigKey(text = TextKind.HOST, byDefault = "127.0.0.1", doc = "The network address to listen on.")
        String host,

        @ConfigKey(range = "0 to 65535", byDefault = "8080", doc = "The port; 0 takes a free one.")
        int port,

        @ConfigKey(
                range = "1 to 256",
                whenAbsent = "one for each processor",
                doc = "On how many event loops sockets are served.")
        Integer instances,

        @ConfigKey(
                text = TextKind.ORIGIN,
                doc = "Pages of these may connect, besides those served here. Behind a proxy, name its origin.")
        List<String> origins,

        @ConfigKey(doc = "How they say who they are.") AuthConfig auth,

        @ConfigKey(
                text = TextKind.ROLE,
                whenAbsent = "none: they may do nothing",
                doc = "The role of those who do not say who they are.")
        String anonymous,

        @ConfigKey(doc = "Who may do what.") Map<String, RoleConfig> roles,
        @ConfigKey(doc = "What one browser may take.") WebLimits limits,

        @ConfigKey(doc = "Addresses for which `limits.whenSlow` is otherwise.")
        List<SlowReaderConfig> slowReaders) {

    public WebConfig {
        origins = List.copyOf(origins);
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        slowReaders = List.copyOf(slowReaders);
        RecordSection.check(
                WebConfig.class, enabled, host, port, instances, origins, auth, anonymous, roles, limits, slowReaders);
        var findings = new Findings()
                .unless(
                        anonymous == null || roles.containsKey(anonymous),
                        "anonymous",
                        anonymous,
                        "is not one of the roles",
                        "Add it to web.roles, or name one of: " + String.join(", ", roles.keySet()),
                        "roles");
        findings.raise();
    }

    /** What is no use, but does no harm here: where it is refused, all else is still checked. */
    static List<Problem> check(WebConfig web) {
        var findings = new Findings();
        web.roles.forEach((name, role) -> findings.unless(
                role.users().isEmpty() || web.auth.htpasswd() != null,
                "web.roles." + name + ".users",
                null,
                "has users, but there is no file of users",
                "Set web.auth.htpasswd",
                "web.auth.htpasswd"));
        return findings.all();
    }

    /** With everything else as it is by default: nobody may do anything. */
    public static WebConfig of(boolean enabled, String host, int port) {
        return RecordSection.make(WebConfig.class, Map.of("enabled", enabled, "host", host, "port", port));
    }

    /** Whether only this machine can connect; by its spelling. */
    public boolean isLoopback() {
        return EmbeddedConfig.isLoopback(host);
    }
}
