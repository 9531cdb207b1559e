package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class JwtSection {

    static final Key<Secret> SECRET =
            Key.optional("secret", Types.SECRET, "none", "Of HMAC signatures, at least 32 bytes; or else `publicKey`.");
    static final Key<String> PUBLIC_KEY = Key.optional(
            "publicKey",
            Types.path("path of a PEM file", "/etc/busbar/jwt.pem"),
            "none",
            "The public key signatures are checked with.");
    static final Key<String> ALGORITHM = Key.optional(
            "algorithm",
            Types.text(
                    "`HS256` and the like",
                    "RS256",
                    it -> it.matches("(HS|RS|ES|PS)(256|384|512)|EdDSA"),
                    "is not an algorithm for signatures",
                    "Write HS256, RS256, ES256 or PS256, or 384 or 512 instead of 256, or EdDSA"),
            "`HS256` for a secret, `RS256` for a public key",
            "How tokens are signed; others are refused.");
    static final Key<String> AUDIENCE = Key.optional(
            "audience", Types.text("text", "busbar"), "any", "One a token must be for; tokens for others are refused.");
    static final Key<String> ISSUER = Key.optional(
            "issuer", Types.text("text", "https://login.example.org"), "anybody", "Who must have issued it.");
    static final Key<String> ROLES_CLAIM = Key.of(
            "rolesClaim",
            Types.text("claim", "realm_access.roles"),
            "roles",
            "The claim with the names of the bearer's roles, a text or a list; dots lead into objects.");
    static final Key<Duration> LEEWAY = Key.of(
            "leeway",
            Durations.between(Duration.ZERO, Duration.ofMinutes(5)),
            Duration.ZERO,
            "In whole seconds: how much later than its expiry a token ends, for clocks that disagree.");

    static final Section<JwtConfig> TYPE = new Section<>(
            "JSON web tokens",
            "A browser gives its token with `Authorization: Bearer …`, as a header of the HTTP request or of a message,"
                    + " or in a message of type `auth`. When it expires, what it permitted ends.",
            List.of(
                    SECRET.from(JwtConfig::secret),
                    PUBLIC_KEY.from(JwtConfig::publicKey),
                    ALGORITHM.from(JwtConfig::algorithm),
                    AUDIENCE.from(JwtConfig::audience),
                    ISSUER.from(JwtConfig::issuer),
                    ROLES_CLAIM.from(JwtConfig::rolesClaim),
                    LEEWAY.from(JwtConfig::leeway)),
            it -> new JwtConfig(
                    it.get(SECRET),
                    it.get(PUBLIC_KEY),
                    it.get(ALGORITHM),
                    it.get(AUDIENCE),
                    it.get(ISSUER),
                    it.get(ROLES_CLAIM),
                    it.get(LEEWAY)));

    private JwtSection() {}
}
