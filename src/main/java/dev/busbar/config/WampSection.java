package dev.busbar.config;

import java.util.List;
import java.util.Map;

final class WampSection {

    static final Key<Boolean> ENABLED =
            Key.of("enabled", Types.BOOLEAN, false, "Whether `/wamp` is offered on the web port.");
    static final Key<List<String>> REALMS = Key.of(
            "realms",
            new ListOf<>(
                    Types.text(
                            "realm",
                            "realm1",
                            it -> it.matches("[^\\s#]{1,255}"),
                            "is not a realm",
                            "Use up to 255 characters without spaces and #"),
                    true),
            List.of("realm1", "buildbot"),
            "The realms a client may name. All see the same events. Buildbot 3.7 names `realm1` whatever it is told, newer ones"
                    + " `buildbot` unless told otherwise.");
    static final Key<String> PREFIX = Key.of(
            "prefix",
            Types.text(
                    "words, each followed by a dot, or empty",
                    "org.buildbot.mq.",
                    it -> it.matches("([A-Za-z0-9_-]+\\.)*") && it.length() <= 255,
                    "is not a prefix of topics",
                    "Write words of letters, digits, _ and -, each followed by a dot, e.g. org.buildbot.mq."),
            "org.buildbot.mq.",
            "What stands before the routing key in a topic.");
    static final Key<String> ANONYMOUS = Key.optional(
            "anonymous",
            Names.ROLE,
            "none: they must authenticate",
            "The role, of those in `web.roles`, of clients that do not authenticate, as no Buildbot master does.");
    static final Key<Map<String, WampUser>> USERS =
            Key.of("users", new MapOf<>(Names.ROLE, "NAME", WampUserSection.TYPE), Map.of(), "Who can authenticate.");
    static final Key<ParkingConfig> PARKING =
            Key.of("parking", ParkingSection.TYPE, ParkingSection.DEFAULT, "What is kept for masters that are down.");
    static final Key<WampLimits> LIMITS =
            Key.of("limits", WampLimitsSection.TYPE, WampLimitsSection.DEFAULT, "What one session may take.");

    static final Section<WampConfig> TYPE = new Section<>(
            "WAMP",
            "A WAMP router (broker role, basic profile, `wamp.2.json`) at `/wamp` on the web port, on the `exchange` above:"
                    + " for Buildbot masters. What no role of `web.roles` permits is forbidden; topics are permitted as"
                    + " `mq:` and the routing key.",
            List.of(
                    ENABLED.from(WampConfig::enabled),
                    REALMS.from(WampConfig::realms),
                    PREFIX.from(WampConfig::prefix),
                    ANONYMOUS.from(WampConfig::anonymous),
                    USERS.from(WampConfig::users),
                    PARKING.from(WampConfig::parking),
                    LIMITS.from(WampConfig::limits)),
            it -> new WampConfig(
                    it.get(ENABLED),
                    it.get(REALMS),
                    it.get(PREFIX),
                    it.get(ANONYMOUS),
                    it.get(USERS),
                    it.get(PARKING),
                    it.get(LIMITS)));

    static final WampConfig DEFAULT = new WampConfig(
            false,
            REALMS.fallback(),
            PREFIX.fallback(),
            null,
            Map.of(),
            ParkingSection.DEFAULT,
            WampLimitsSection.DEFAULT);

    private WampSection() {}
}
