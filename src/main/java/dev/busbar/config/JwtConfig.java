package dev.busbar.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Which JSON web tokens are believed.
 *
 * @param audience one a token must be for, or {@code null} for any
 * @param issuer who must have issued it, or {@code null} for anybody
 */
@ConfigSection(
        title = "JSON web tokens",
        intro =
                "A browser gives its token with `Authorization: Bearer …`, as a header of the HTTP request or of a message,"
                        + " or in a message of type `auth`. When it expires, what it permitted ends.")
public record JwtConfig(
        @ConfigKey(whenAbsent = "none", doc = "Of HMAC signatures, at least 32 bytes; or else `publicKey`.")
        Secret secret,

        @ConfigKey(text = TextKind.PEM_FILE, whenAbsent = "none", doc = "The public key signatures are checked with.")
        String publicKey,

        @ConfigKey(
                text = TextKind.JWT_ALGORITHM,
                whenAbsent = "`HS256` for a secret, `RS256` for a public key",
                doc = "How tokens are signed; others are refused.")
        String algorithm,

        @ConfigKey(whenAbsent = "any", doc = "One a token must be for; tokens for others are refused.")
        String audience,

        @ConfigKey(text = TextKind.ISSUER, whenAbsent = "anybody", doc = "Who must have issued it.")
        String issuer,

        @ConfigKey(
                text = TextKind.CLAIM,
                byDefault = "roles",
                doc = "The claim with the names of the bearer's roles, a text or a list; dots lead into objects.")
        String rolesClaim,

        @ConfigKey(
                range = "0s to 5m",
                byDefault = "0s",
                doc = "In whole seconds: how much later than its expiry a token ends, for clocks that disagree.")
        Duration leeway) {

    private static final int SHORTEST_SECRET = 32;

    public JwtConfig {
        RecordSection.check(JwtConfig.class, secret, publicKey, algorithm, audience, issuer, rolesClaim, leeway);
        boolean keyed = (secret == null) != (publicKey == null);
        algorithm = algorithm == null ? secret == null ? "RS256" : "HS256" : algorithm;
        new Findings()
                .unless(
                        keyed,
                        "",
                        null,
                        secret == null ? "has no key" : "has two keys",
                        "Set either secret or publicKey",
                        "secret",
                        "publicKey")
                .unless(
                        !keyed || algorithm.startsWith("HS") == (secret != null),
                        "algorithm",
                        algorithm,
                        secret == null ? "needs a secret" : "needs a publicKey",
                        "Write " + (secret == null ? "e.g. RS256 or ES256" : "HS256, HS384 or HS512"),
                        "secret",
                        "publicKey")
                .unless(
                        secret == null || secret.reveal().getBytes(StandardCharsets.UTF_8).length >= SHORTEST_SECRET,
                        "secret",
                        null,
                        "is shorter than " + SHORTEST_SECRET + " bytes, and so could be guessed",
                        "Use a random one, e.g. of: openssl rand -base64 32")
                .raise();
    }
}
