package dev.busbar.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Busbar's HTTP port, and what browsers may do there: what no role permits is forbidden.
 *
 * @param instances {@code null} for one for each processor
 * @param anonymous {@code null} if browsers without authentication may do nothing
 */
@ConfigSection(
        title = "Web",
        intro = "Busbar's HTTP port: the console at `/`, its API at `/api`, the event bus bridge for"
                + " browsers at `/eventbus`, and the WAMP router at `/wamp`. What no role permits is" + " forbidden.")
public record WebConfig(
        @ConfigKey(byDefault = "true", doc = "Whether Busbar opens the port.")
        boolean enabled,

        @ConfigKey(text = TextKind.HOST, byDefault = "127.0.0.1", doc = "The network address to listen on.")
        String host,

        @ConfigKey(range = "0 to 65535", byDefault = "8080", doc = "The port; 0 takes a free one.")
        int port,

        @ConfigKey(
                range = "1 to 256",
                whenAbsent = "one for each processor",
                doc = "How many event loops serve sockets.")
        Integer instances,

        @ConfigKey(
                text = TextKind.ORIGIN,
                doc = "The origins whose pages may connect, besides Busbar's own. Behind a proxy, name the"
                        + " proxy's origin.")
        List<String> origins,

        @ConfigKey(doc = "How browsers authenticate.") AuthConfig auth,

        @ConfigKey(
                text = TextKind.ROLE,
                whenAbsent = "none: they may do nothing",
                doc = "The role of browsers that do not authenticate.")
        String anonymous,

        @ConfigKey(doc = "The roles: what browsers may do.") Map<String, RoleConfig> roles,
        @ConfigKey(doc = "The limits of one browser.") WebLimits limits,

        @ConfigKey(doc = "Addresses with a policy other than `limits.whenSlow`.")
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

    /**
     * Finds roles with users but without a file of users. The constructor accepts them, so that more is checked first.
     */
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

    /** Returns the port with all other defaults: nobody may do anything. */
    public static WebConfig of(boolean enabled, String host, int port) {
        return RecordSection.make(WebConfig.class, Map.of("enabled", enabled, "host", host, "port", port));
    }

    /** Whether only this machine can connect, by the spelling of the host. */
    public boolean isLoopback() {
        return EmbeddedConfig.isLoopback(host);
    }
}
