package dev.busbar.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What must hold within one outbound route, between its keys. */
final class OutboundRouteRules {

    /** RabbitMQ closes the channel over one that is not a list of routing keys. */
    private static final Set<String> LISTS = Set.of("CC", "BCC");

    private OutboundRouteRules() {}

    /** @throws InvalidConfigException with all problems */
    static void check(Map<String, HeaderValue> headers, PropertiesConfig properties, ReplyMode reply) {
        Findings findings = new Findings();
        Set<String> names = new HashSet<>();
        for (String name : headers.keySet()) {
            findings.unless(
                            !LISTS.contains(name),
                            "to.headers." + name,
                            null,
                            "has to be a list of routing keys, which a route does not set",
                            "Remove it, and add a route for each key")
                    // A sender's header is replaced in whatever case it is, as the event bus has no case in headers.
                    .unless(
                            names.add(name.toLowerCase(Locale.ROOT)),
                            "to.headers." + name,
                            null,
                            "differs from another header in case only",
                            "Remove one of the two");
        }
        answered(findings, "correlationId", properties.correlationId(), reply);
        answered(findings, "replyTo", properties.replyTo(), reply);
        findings.raise();
    }

    private static void answered(Findings findings, String name, Object template, ReplyMode reply) {
        findings.unless(
                template == null || reply == ReplyMode.CONFIRM,
                "to.properties." + name,
                template,
                "is set by Busbar for the answer that to.reply: message asks for",
                "Remove it, or set to.reply to confirm",
                "to.reply");
    }
}
