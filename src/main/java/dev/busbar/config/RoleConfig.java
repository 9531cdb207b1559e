package dev.busbar.config;

import java.util.List;

/** What browsers with the role may do. */
@ConfigSection(
        title = "Role",
        intro = "What no role permits is forbidden. A browser with several roles has the rights of each.")
public record RoleConfig(
        @ConfigKey(
                text = TextKind.BROWSER_ADDRESS,
                doc = "The addresses on which a browser may listen: event bus addresses, and `mq:` filters,"
                        + " each of which permits every filter wholly within it.")
        List<String> listen,

        @ConfigKey(
                text = TextKind.BROWSER_ADDRESS,
                doc = "The addresses to which a browser may send and publish: event bus addresses, and `mq:`"
                        + " filters of routing keys.")
        List<String> produce,

        @ConfigKey(
                byDefault = "false",
                doc = "Whether the console and `/api` show the state of this node: its routes, subscriptions,"
                        + " browsers and broker.")
        boolean observe,

        @ConfigKey(
                byDefault = "false",
                doc = "Whether a browser may see dead-lettered and parked messages, whatever their keys, and"
                        + " put them back.")
        boolean deadLetters,

        @ConfigKey(
                text = TextKind.USER,
                doc = "Users of `auth.htpasswd` who have the role. The roles of a browser with a token are"
                        + " those that the token names.")
        List<String> users) {

    public RoleConfig {
        listen = List.copyOf(listen);
        produce = List.copyOf(produce);
        users = List.copyOf(users);
        RecordSection.check(RoleConfig.class, listen, produce, observe, deadLetters, users);
    }
}
