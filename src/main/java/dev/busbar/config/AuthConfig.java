package dev.busbar.config;

/**
 * How browsers say who they are.
 *
 * @param jwt by token, or {@code null}
 * @param htpasswd the path of a file of users and passwords, or {@code null}
 */
@ConfigSection(title = "Who browsers are", intro = "Both may be given.")
public record AuthConfig(
        @ConfigKey(whenAbsent = "none", doc = "By JSON web token.")
        JwtConfig jwt,

        @ConfigKey(
                text = TextKind.HTPASSWD_FILE,
                whenAbsent = "none",
                doc =
                        "By user and password (HTTP basic), as `htpasswd -m` writes them: MD5, SHA-1 or crypt, not bcrypt. Read at"
                                + " the start.")
        String htpasswd) {

    public AuthConfig {
        RecordSection.check(AuthConfig.class, jwt, htpasswd);
    }

    /** Whether anybody can be anybody. */
    public boolean isPossible() {
        return jwt != null || htpasswd != null;
    }
}
