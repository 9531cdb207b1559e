package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Which JSON web tokens are believed.
 *
 * @param secret of HMAC signatures; there if and only if {@code publicKey} is not
 * @param publicKey the path of a PEM file
 * @param algorithm as JOSE names it
 * @param audience one a token must be for, or {@code null} for any
 * @param issuer who must have issued it, or {@code null} for anybody
 * @param rolesClaim the claim with the names of roles; dots lead into objects
 * @param leeway how long after its expiry a token may still be presented
 */
public record JwtConfig(
        Secret secret,
        String publicKey,
        String algorithm,
        String audience,
        String issuer,
        String rolesClaim,
        Duration leeway) {

    private static final int SHORTEST_SECRET = 32;

    public JwtConfig {
        JwtSection.PUBLIC_KEY.check(publicKey);
        JwtSection.AUDIENCE.check(audience);
        JwtSection.ISSUER.check(issuer);
        JwtSection.ROLES_CLAIM.check(rolesClaim);
        JwtSection.LEEWAY.check(leeway);
        boolean keyed = (secret == null) != (publicKey == null);
        algorithm = algorithm == null ? secret == null ? "RS256" : "HS256" : algorithm;
        JwtSection.ALGORITHM.check(requireNonNull(algorithm, "algorithm"));
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
