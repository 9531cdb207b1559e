package dev.busbar.config;

/** Who can authenticate to the WAMP router. */
@ConfigSection(
        title = "WAMP users",
        intro =
                "Who can authenticate, by `wampcra`, which does not show the secret to whoever listens, or by `ticket`, which"
                        + " does.")
public record WampUser(
        @ConfigKey(required = true, doc = "What the user proves to know.")
        Secret secret,

        @ConfigKey(text = TextKind.ROLE, required = true, doc = "The role, of those in `web.roles`.")
        String role) {

    public WampUser {
        RecordSection.check(WampUser.class, secret, role);
        new Findings()
                .unless(!secret.reveal().isEmpty(), "secret", null, "is empty", "Use one that cannot be guessed")
                .raise();
    }
}
