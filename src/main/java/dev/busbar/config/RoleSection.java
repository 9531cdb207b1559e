package dev.busbar.config;

import java.util.List;

final class RoleSection {

    private static final Type<List<String>> ADDRESSES = new ListOf<>(Names.BROWSER_ADDRESS, true);

    static final Key<List<String>> LISTEN = Key.of(
            "listen",
            ADDRESSES,
            List.of(),
            "What may be listened to: event bus addresses, and `mq:` filters, which permit every filter that lies wholly"
                    + " within one of them.");
    static final Key<List<String>> PRODUCE = Key.of(
            "produce",
            ADDRESSES,
            List.of(),
            "What may be sent and published to: event bus addresses, and `mq:` filters of routing keys.");
    static final Key<Boolean> OBSERVE = Key.of(
            "observe",
            Types.BOOLEAN,
            false,
            "Whether the console and `/api` show how this node is: its routes, subscriptions, browsers, and broker.");
    static final Key<Boolean> DEAD_LETTERS = Key.of(
            "deadLetters",
            Types.BOOLEAN,
            false,
            "Whether messages that were dead-lettered or parked may be seen, whatever their keys, and put back.");
    static final Key<List<String>> USERS = Key.of(
            "users",
            new ListOf<>(Types.text("user name", "alice"), true),
            List.of(),
            "Users of `auth.htpasswd` who have it. Those who come with a token have the roles it names.");

    static final Section<RoleConfig> TYPE = new Section<>(
            "Role",
            "What is not permitted by a role is forbidden. Who has several roles has the rights of each.",
            List.of(
                    LISTEN.from(RoleConfig::listen),
                    PRODUCE.from(RoleConfig::produce),
                    OBSERVE.from(RoleConfig::observe),
                    DEAD_LETTERS.from(RoleConfig::deadLetters),
                    USERS.from(RoleConfig::users)),
            it -> new RoleConfig(
                    it.get(LISTEN), it.get(PRODUCE), it.get(OBSERVE), it.get(DEAD_LETTERS), it.get(USERS)));

    private RoleSection() {}
}
