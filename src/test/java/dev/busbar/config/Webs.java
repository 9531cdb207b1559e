package dev.busbar.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What browsers may do, of all kinds. */
final class Webs {

    private Webs() {}

    static Arbitrary<WebConfig> at(int port) {
        Arbitrary<List<String>> addresses = Arbitraries.of("mq:a.#", "mq:*.b", "mq:", "changes", "${A}")
                .list()
                .ofMaxSize(3);
        Arbitrary<RoleConfig> role = Combinators.combine(addresses, addresses)
                .as((listen, produce) ->
                        new RoleConfig(listen, produce, listen.isEmpty(), produce.isEmpty(), List.of("alice")));
        Arbitrary<Map<String, RoleConfig>> roles =
                Arbitraries.maps(Arbitraries.of("any one", "a.b", "true"), role).ofMaxSize(3);
        Arbitrary<WebLimits> limits = Combinators.combine(
                        Arbitraries.integers().between(1, 1000), Arbitraries.of(SlowReaderPolicy.values()))
                .as((n, slow) -> Made.a(WebLimits.class)
                        .with("sockets", n)
                        .with("subscriptions", n)
                        .with("inFlight", n)
                        .with("frameBytes", (long) (1024 + n))
                        .with("headerBytes", (long) (8192 + n))
                        .with("queueMessages", n)
                        .with("queueBytes", (long) (2048 + n))
                        .with("whenSlow", slow)
                        .with("pingTimeout", Duration.ofSeconds(n))
                        .with("requestTimeout", Duration.ofSeconds(n))
                        .with("replyTimeout", Duration.ofMillis(n))
                        .get());
        return Combinators.combine(
                        Arbitraries.of(true, false), roles, limits, jwt().injectNull(0.3), addresses.injectNull(0.5))
                .as((enabled, them, within, jwt, slow) -> Made.a(WebConfig.class)
                        .with("enabled", enabled)
                        .with("host", "0.0.0.0")
                        .with("port", port)
                        .with("instances", enabled ? null : 3)
                        .with("origins", enabled ? List.of("*", "https://example.org:8443") : List.of())
                        .with("auth", new AuthConfig(jwt, "users"))
                        .with("anonymous", them.containsKey("a.b") ? "a.b" : null)
                        .with("roles", them)
                        .with("limits", within)
                        .with(
                                "slowReaders",
                                slow == null
                                        ? List.of()
                                        : List.of(new SlowReaderConfig(slow, SlowReaderPolicy.DISCONNECT)))
                        .get());
    }

    private static Arbitrary<JwtConfig> jwt() {
        return Arbitraries.of(true, false)
                .map(hmac -> new JwtConfig(
                        hmac ? new Secret("${A}" + "x".repeat(40)) : null,
                        hmac ? null : "key.pem",
                        hmac ? null : "ES384",
                        hmac ? "busbar" : null,
                        hmac ? null : "me",
                        "roles",
                        Duration.ofSeconds(hmac ? 1 : 0)));
    }
}
