package dev.busbar.config;

/**
 * How browsers authenticate.
 *
 * @param jwt {@code null} if not by token
 * @param htpasswd {@code null} if not by user and password
 */
@ConfigSection(title = "Who browsers are", intro = "Both ways may be configured.")
public record AuthConfig(
        @ConfigKey(whenAbsent = "none", doc = "Browsers authenticate by JSON web token.")
        JwtConfig jwt,

        @ConfigKey(
                text = TextKind.HTPASSWD_FILE,
                whenAbsent = "none",
                doc = "The file of users and passwords (HTTP basic), as `htpasswd -m` writes it: MD5, SHA-1 or"
                        + " crypt, not bcrypt. Busbar reads it when it starts.")
        String htpasswd) {

    public AuthConfig {
        RecordSection.check(AuthConfig.class, jwt, htpasswd);
    }

    /** Whether anybody can be anybody. */
    public boolean isPossible() {
        return jwt != null || htpasswd != null;
    }
}
