package dev.busbar.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Which JSON web tokens Busbar accepts.
 *
 * @param audience {@code null} for any
 * @param issuer {@code null} for any
 */
@ConfigSection(
        title = "JSON web tokens",
        intro = "A browser sends its token with `Authorization: Bearer …`, as a header of the HTTP"
                + " request or of a message, or in a message of type `auth`. When the token expires, its"
                + " permissions end.")
public record JwtConfig(
        @ConfigKey(
                whenAbsent = "none",
                doc = "The secret of HMAC signatures, at least 32 bytes; instead of a `publicKey`.")
        Secret secret,

        @ConfigKey(
                text = TextKind.PUBLIC_KEY_FILE,
                whenAbsent = "none",
                doc = "The public key with which signatures are checked.")
        String publicKey,

        @ConfigKey(
                text = TextKind.JWT_ALGORITHM,
                whenAbsent = "`HS256` for a secret, `RS256` for a public key",
                doc = "The algorithm with which tokens are signed; tokens with other algorithms are refused.")
        String algorithm,

        @ConfigKey(whenAbsent = "any", doc = "The audience that a token must name; tokens for others are refused.")
        String audience,

        @ConfigKey(text = TextKind.ISSUER, whenAbsent = "anybody", doc = "The issuer that a token must name.")
        String issuer,

        @ConfigKey(
                text = TextKind.CLAIM,
                byDefault = "roles",
                doc = "The claim with the names of the bearer's roles, a text or a list; dots lead into" + " objects.")
        String rolesClaim,

        @ConfigKey(
                range = "0s to 5m",
                byDefault = "0s",
                doc = "How long after its expiry a token is still valid, in whole seconds, for clocks that"
                        + " disagree.")
        Duration leeway) {

    private static final int MIN_SECRET_BYTES = 32;

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
                        secret == null || secret.reveal().getBytes(StandardCharsets.UTF_8).length >= MIN_SECRET_BYTES,
                        "secret",
                        null,
                        "is shorter than " + MIN_SECRET_BYTES + " bytes, and could be guessed",
                        "Use a random one, e.g. of: openssl rand -base64 32")
                .raise();
    }
}
