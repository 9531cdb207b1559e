package dev.busbar.config;

import java.util.List;
import java.util.Map;

final class WebSection {

    static final Key<Boolean> ENABLED = Key.of("enabled", Types.BOOLEAN, true, "Whether it is opened.");
    static final Key<Integer> PORT = Key.of("port", ServerSections.PORT, 8080, "The port; 0 takes a free one.");
    static final Key<Integer> INSTANCES = Key.optional(
            "instances",
            Types.integer(1, 256),
            "one for each processor",
            "On how many event loops sockets are served.");
    static final Key<List<String>> ORIGINS = Key.of(
            "origins",
            new ListOf<>(
                    Types.text(
                            "origin such as `https://example.org`, or `*`",
                            "https://example.org",
                            it -> it.matches("\\*|[a-z][a-z0-9+.-]*://[^/\\s*]+"),
                            "is not an origin",
                            "Write scheme, host and port without a path, e.g. https://example.org:8443, or * for all"),
                    true),
            List.of(),
            "Pages of these may connect, besides those served here. Behind a proxy, name its origin.");
    static final Key<AuthConfig> AUTH =
            Key.of("auth", AuthSection.TYPE, AuthSection.NONE, "How they say who they are.");
    static final Key<String> ANONYMOUS = Key.optional(
            "anonymous", Names.ROLE, "none: they may do nothing", "The role of those who do not say who they are.");
    static final Key<Map<String, RoleConfig>> ROLES =
            Key.of("roles", new MapOf<>(Names.ROLE, "NAME", RoleSection.TYPE), Map.of(), "Who may do what.");
    static final Key<WebLimits> LIMITS =
            Key.of("limits", WebLimitsSection.TYPE, WebLimitsSection.DEFAULT, "What one browser may take.");
    static final Key<List<SlowReaderConfig>> SLOW_READERS = Key.of(
            "slowReaders",
            new ListOf<>(SlowReaderSection.TYPE, false),
            List.of(),
            "Addresses for which `limits.whenSlow` is otherwise.");

    static final Section<WebConfig> TYPE = new Section<>(
            "Web",
            "The port of the console at `/`, of its API at `/api`, of the event bus bridge for browsers at `/eventbus`, and of"
                    + " `/wamp`. What no role permits is forbidden.",
            List.of(
                    ENABLED.from(WebConfig::enabled),
                    ServerSections.HOST.from(WebConfig::host),
                    PORT.from(WebConfig::port),
                    INSTANCES.from(WebConfig::instances),
                    ORIGINS.from(WebConfig::origins),
                    AUTH.from(WebConfig::auth),
                    ANONYMOUS.from(WebConfig::anonymous),
                    ROLES.from(WebConfig::roles),
                    LIMITS.from(WebConfig::limits),
                    SLOW_READERS.from(WebConfig::slowReaders)),
            WebSection::build);

    static final WebConfig DEFAULT = WebConfig.of(true, "127.0.0.1", PORT.fallback());

    private WebSection() {}

    private static WebConfig build(Section.Values it) {
        return new WebConfig(
                it.get(ENABLED),
                it.get(ServerSections.HOST),
                it.get(PORT),
                it.get(INSTANCES),
                it.get(ORIGINS),
                it.get(AUTH),
                it.get(ANONYMOUS),
                it.get(ROLES),
                it.get(LIMITS),
                it.get(SLOW_READERS));
    }
}
