package dev.busbar.config;

import java.util.List;

final class WampUserSection {

    static final Key<Secret> SECRET = Key.required("secret", Types.SECRET, "What the user proves to know.");
    static final Key<String> ROLE = Key.required("role", Names.ROLE, "The role, of those in `web.roles`.");

    static final Section<WampUser> TYPE = new Section<>(
            "WAMP users",
            "Who can authenticate, by `wampcra`, which does not show the secret to whoever listens, or by `ticket`, which"
                    + " does.",
            List.of(SECRET.from(WampUser::secret), ROLE.from(WampUser::role)),
            it -> new WampUser(it.get(SECRET), it.get(ROLE)));

    private WampUserSection() {}
}
