package dev.busbar.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The WAMP router at {@code /wamp} on the port for people.
 *
 * @param anonymous the role, of those in {@code web.roles}, of clients that do not authenticate; {@code null} if all
 *     must
 */
@ConfigSection(
        title = "WAMP",
        intro =
                "A WAMP router (broker role, basic profile, `wamp.2.json`) at `/wamp` on the web port, on the `exchange` above:"
                        + " for Buildbot masters. What no role of `web.roles` permits is forbidden; topics are permitted as"
                        + " `mq:` and the routing key.")
public record WampConfig(
        @ConfigKey(byDefault = "false", doc = "Whether `/wamp` is offered on the web port.")
        boolean enabled,

        @ConfigKey(
                text = TextKind.REALM,
                byDefault = {"realm1", "buildbot"},
                doc =
                        "The realms a client may name. All see the same events. Buildbot 3.7 names `realm1` whatever it is told, newer ones"
                                + " `buildbot` unless told otherwise.")
        List<String> realms,

        @ConfigKey(
                text = TextKind.TOPIC_PREFIX,
                byDefault = "org.buildbot.mq.",
                doc = "What stands before the routing key in a topic.")
        String prefix,

        @ConfigKey(
                text = TextKind.ROLE,
                whenAbsent = "none: they must authenticate",
                doc =
                        "The role, of those in `web.roles`, of clients that do not authenticate, as no Buildbot master does.")
        String anonymous,

        @ConfigKey(doc = "Who can authenticate.") Map<String, WampUser> users,

        @ConfigKey(doc = "What is kept for masters that are down.")
        ParkingConfig parking,

        @ConfigKey(doc = "What one session may take.") WampLimits limits) {

    public WampConfig {
        realms = List.copyOf(realms);
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        RecordSection.check(WampConfig.class, enabled, realms, prefix, anonymous, users, parking, limits);
        new Findings()
                .unless(!realms.isEmpty(), "realms", null, "is empty", "Name at least one, e.g. realm1")
                .raise();
    }
}
