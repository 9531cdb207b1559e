package dev.busbar.config;

/**
 * Who can authenticate to the WAMP router.
 *
 * @param secret a {@code ticket} as it is, and the key of {@code wampcra}
 * @param role of those in {@code web.roles}
 */
public record WampUser(Secret secret, String role) {

    public WampUser {
        WampUserSection.SECRET.check(secret);
        WampUserSection.ROLE.check(role);
        new Findings()
                .unless(!secret.reveal().isEmpty(), "secret", null, "is empty", "Use one that cannot be guessed")
                .raise();
    }
}
