package dev.busbar.config;

import java.util.List;

/** Checks the WAMP router against the HTTP port on which it is. */
final class WampRules {

    private WampRules() {}

    static List<Problem> check(WampConfig wamp, WebConfig web, ExchangeConfig exchange) {
        var found = new Findings();
        if (wamp.enabled()) {
            found.unless(
                            web.enabled(),
                            "wamp.enabled",
                            true,
                            "needs Busbar's HTTP port",
                            "Set web.enabled to true",
                            "web.enabled")
                    .unless(
                            exchange.type().equals("topic"),
                            "wamp.enabled",
                            true,
                            "needs a topic exchange, but '" + exchange.name() + "' is of the type " + exchange.type(),
                            "Name another as exchange",
                            "exchange.")
                    .unless(
                            wamp.anonymous() != null || !wamp.users().isEmpty(),
                            "wamp.anonymous",
                            null,
                            "is missing, and so are wamp.users: nobody could join",
                            "Name a role of web.roles, or set wamp.users",
                            "wamp.users");
            role(found, "wamp.anonymous", wamp.anonymous(), web);
            wamp.users().forEach((name, user) -> role(found, "wamp.users." + name + ".role", user.role(), web));
        }
        return found.all();
    }

    private static void role(Findings found, String path, String role, WebConfig web) {
        found.unless(
                role == null || web.roles().containsKey(role),
                path,
                role,
                "is not one of the roles",
                "Add it to web.roles, or name one of: "
                        + String.join(", ", web.roles().keySet()),
                "web.roles");
    }
}
