package dev.busbar.config;

/**
 * How browsers say who they are.
 *
 * @param jwt by token, or {@code null}
 * @param htpasswd the path of a file of users and passwords, or {@code null}
 */
public record AuthConfig(JwtConfig jwt, String htpasswd) {

    public AuthConfig {
        AuthSection.HTPASSWD.check(htpasswd);
    }

    /** Whether anybody can be anybody. */
    public boolean isPossible() {
        return jwt != null || htpasswd != null;
    }
}
