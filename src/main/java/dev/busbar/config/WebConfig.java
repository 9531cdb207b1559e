package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The port for people, and what browsers may do there: what no role permits is forbidden.
 *
 * @param port 0 takes a free one
 * @param instances on how many event loops it runs; {@code null} for one for each processor
 * @param origins of pages that may connect besides those served here; {@code *} for all
 * @param anonymous the role of those who do not say who they are, or {@code null}
 * @param roles by name
 * @param slowReaders the first that fits decides, else {@link WebLimits#whenSlow()}
 */
public record WebConfig(
        boolean enabled,
        String host,
        int port,
        Integer instances,
        List<String> origins,
        AuthConfig auth,
        String anonymous,
        Map<String, RoleConfig> roles,
        WebLimits limits,
        List<SlowReaderConfig> slowReaders) {

    public WebConfig {
        ServerSections.HOST.check(host);
        WebSection.PORT.check(port);
        WebSection.INSTANCES.check(instances);
        origins = List.copyOf(origins);
        WebSection.ORIGINS.check(origins);
        requireNonNull(auth, "auth");
        requireNonNull(limits, "limits");
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        WebSection.ROLES.check(roles);
        slowReaders = List.copyOf(slowReaders);
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
        return new WebConfig(
                enabled,
                host,
                port,
                null,
                List.of(),
                AuthSection.NONE,
                null,
                Map.of(),
                WebLimitsSection.DEFAULT,
                List.of());
    }

    /** Whether only this machine can connect; by its spelling. */
    public boolean isLoopback() {
        return EmbeddedSection.isLoopback(host);
    }
}
