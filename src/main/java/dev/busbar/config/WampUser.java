package dev.busbar.config;

/** Who can authenticate to the WAMP router. */
@ConfigSection(
        title = "WAMP users",
        intro = "Users authenticate by `wampcra`, which does not show the secret on the wire, or by"
                + " `ticket`, which does.")
public record WampUser(
        @ConfigKey(required = true, doc = "The secret that the user must know.")
        Secret secret,

        @ConfigKey(text = TextKind.ROLE, required = true, doc = "The user's role, one of `web.roles`.")
        String role) {

    public WampUser {
        RecordSection.check(WampUser.class, secret, role);
        new Findings()
                .unless(!secret.reveal().isEmpty(), "secret", null, "is empty", "Use one that cannot be guessed")
                .raise();
    }
}
