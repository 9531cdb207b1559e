package dev.busbar.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The WAMP router at {@code /wamp} on Busbar's HTTP port.
 *
 * @param anonymous {@code null} if all clients must authenticate
 */
@ConfigSection(
        title = "WAMP",
        intro = "A WAMP router (broker role, basic profile, `wamp.2.json`) for Buildbot masters, at"
                + " `/wamp` on Busbar's HTTP port, over the top-level `exchange`. What no role of `web.roles`"
                + " permits is forbidden; a role permits a topic as `mq:` and the routing key.")
public record WampConfig(
        @ConfigKey(byDefault = "false", doc = "Whether Busbar's HTTP port offers `/wamp`.")
        boolean enabled,

        @ConfigKey(
                text = TextKind.REALM,
                byDefault = {"realm1", "buildbot"},
                doc = "The realms a client may name. Clients of all realms see the same events. Buildbot 3.7"
                        + " always names `realm1`, newer versions name `buildbot` by default.")
        List<String> realms,

        @ConfigKey(
                text = TextKind.TOPIC_PREFIX,
                byDefault = "org.buildbot.mq.",
                doc = "The part of a topic before the routing key.")
        String prefix,

        @ConfigKey(
                text = TextKind.ROLE,
                whenAbsent = "none: they must authenticate",
                doc = "The role, one of `web.roles`, of clients that do not authenticate. No Buildbot master"
                        + " authenticates.")
        String anonymous,

        @ConfigKey(doc = "The users who can authenticate.") Map<String, WampUser> users,

        @ConfigKey(doc = "The messages that are kept for masters that are down.")
        ParkingConfig parking,

        @ConfigKey(doc = "The limits of one session.") WampLimits limits) {

    public WampConfig {
        realms = List.copyOf(realms);
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        RecordSection.check(WampConfig.class, enabled, realms, prefix, anonymous, users, parking, limits);
        new Findings()
                .unless(!realms.isEmpty(), "realms", null, "is empty", "Name at least one, e.g. realm1")
                .raise();
    }
}
