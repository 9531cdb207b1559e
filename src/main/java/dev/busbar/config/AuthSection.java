package dev.busbar.config;

import java.util.List;

final class AuthSection {

    static final Key<JwtConfig> JWT = Key.optional("jwt", JwtSection.TYPE, "none", "By JSON web token.");
    static final Key<String> HTPASSWD = Key.optional(
            "htpasswd",
            Types.path("path of a file", "/etc/busbar/htpasswd"),
            "none",
            "By user and password (HTTP basic), as `htpasswd -m` writes them: MD5, SHA-1 or crypt, not bcrypt. Read at"
                    + " the start.");

    static final Section<AuthConfig> TYPE = new Section<>(
            "Who browsers are",
            "Both may be given.",
            List.of(JWT.from(AuthConfig::jwt), HTPASSWD.from(AuthConfig::htpasswd)),
            it -> new AuthConfig(it.get(JWT), it.get(HTPASSWD)));

    static final AuthConfig NONE = new AuthConfig(null, null);

    private AuthSection() {}
}
