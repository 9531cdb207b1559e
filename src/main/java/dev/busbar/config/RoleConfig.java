package dev.busbar.config;

import java.util.List;

/** What some browsers may do; nothing else. */
@ConfigSection(
        title = "Role",
        intro = "What is not permitted by a role is forbidden. Who has several roles has the rights of each.")
public record RoleConfig(
        @ConfigKey(
                text = TextKind.BROWSER_ADDRESS,
                doc =
                        "What may be listened to: event bus addresses, and `mq:` filters, which permit every filter that lies wholly"
                                + " within one of them.")
        List<String> listen,

        @ConfigKey(
                text = TextKind.BROWSER_ADDRESS,
                doc = "What may be sent and published to: event bus addresses, and `mq:` filters of routing keys.")
        List<String> produce,

        @ConfigKey(
                byDefault = "false",
                doc =
                        "Whether the console and `/api` show how this node is: its routes, subscriptions, browsers, and broker.")
        boolean observe,

        @ConfigKey(
                byDefault = "false",
                doc =
                        "Whether messages that were dead-lettered or parked may be seen, whatever their keys, and put back.")
        boolean deadLetters,

        @ConfigKey(
                text = TextKind.USER,
                doc = "Users of `auth.htpasswd` who have it. Those who come with a token have the roles it names.")
        List<String> users) {

    public RoleConfig {
        listen = List.copyOf(listen);
        produce = List.copyOf(produce);
        users = List.copyOf(users);
        RecordSection.check(RoleConfig.class, listen, produce, observe, deadLetters, users);
    }
}
