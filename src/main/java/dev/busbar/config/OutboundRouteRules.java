package dev.busbar.config;

import dev.busbar.topic.KeyTemplate;
import dev.busbar.topic.TextTemplate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What must hold within one outbound route, between its keys. */
final class OutboundRouteRules {

    /** RabbitMQ closes the channel over one that is not a list of routing keys. */
    private static final Set<String> LISTS = Set.of("CC", "BCC");

    /** By this header kombu's receivers know what to inflate. */
    private static final String COMPRESSION = "compression";

    private OutboundRouteRules() {}

    /** @throws InvalidConfigException with all problems */
    static void check(
            KeyTemplate key,
            ExchangeConfig exchange,
            List<ExchangeConfig> exchanges,
            Map<String, HeaderValue> headers,
            PropertiesConfig properties,
            BodyMode body,
            ReplyMode reply) {
        Findings findings = new Findings();
        exchange(findings, exchange, exchanges);
        headers(findings, headers, body);
        if (body == BodyMode.TEXT || body == BodyMode.BYTES) {
            pointer(findings, "to.key", key, key.hasPointer());
            pointer(
                    findings,
                    "to.exchange",
                    exchange.name(),
                    !exchanges.isEmpty()
                            && hasPlaceholder(exchange.name())
                            && TextTemplate.parse(exchange.name()).hasPointer());
            headers.forEach((name, value) -> pointer(findings, "to.headers." + name, value, value.hasPointer()));
            RecordSection.values(properties)
                    .forEach((name, value) -> pointer(
                            findings,
                            "to.properties." + name,
                            value,
                            value instanceof TextTemplate template && template.hasPointer()));
        }
        answered(findings, "correlationId", properties.correlationId(), reply);
        answered(findings, "replyTo", properties.replyTo(), reply);
        findings.raise();
    }

    private static void exchange(Findings findings, ExchangeConfig exchange, List<ExchangeConfig> exchanges) {
        if (exchanges.isEmpty()) {
            internal(findings, "to.exchange", exchange);
            findings.unless(
                    !hasPlaceholder(exchange.name()),
                    "to.exchange",
                    exchange.name(),
                    "has a placeholder, but no exchanges are allowed",
                    "List those that messages may name as to.exchanges, e.g. [orders, returns]");
            return;
        }
        findings.unless(
                        hasPlaceholder(exchange.name()),
                        "to.exchange",
                        exchange.name(),
                        "is one exchange for all messages, although to.exchanges lists several that they may name",
                        "Write a header or a place in the body that names the exchange, e.g. \"{x-exchange}\", or remove"
                                + " to.exchanges",
                        "to.exchanges.")
                .unless(
                        exchange.equals(RecordSection.make(ExchangeConfig.class, Map.of("name", exchange.name()))),
                        "to.exchange",
                        exchange.name(),
                        "has more than a name, although messages choose the exchange",
                        "Say type, durable and arguments of each of to.exchanges");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < exchanges.size(); i++) {
            internal(findings, "to.exchanges[" + i + "]", exchanges.get(i));
            findings.unless(
                    names.add(exchanges.get(i).name()),
                    "to.exchanges[" + i + "]",
                    exchanges.get(i).name(),
                    "is listed twice",
                    "Remove one of the two");
        }
    }

    private static void internal(Findings findings, String path, ExchangeConfig exchange) {
        findings.unless(
                !exchange.internal(),
                path,
                exchange.name(),
                "is internal: only other exchanges publish to it",
                "Name an exchange that is bound to it, or remove internal");
    }

    private static boolean hasPlaceholder(String exchange) {
        try {
            return !TextTemplate.parse(exchange).isConstant();
        } catch (IllegalArgumentException noTemplate) {
            return false;
        }
    }

    private static void headers(Findings findings, Map<String, HeaderValue> headers, BodyMode body) {
        Set<String> names = new HashSet<>();
        for (String name : headers.keySet()) {
            findings.unless(
                            !LISTS.contains(name),
                            "to.headers." + name,
                            null,
                            "has to be a list of routing keys, which a route does not set",
                            "Remove it, and add a route for each key")
                    .unless(
                            body == BodyMode.BYTES || !name.equalsIgnoreCase(COMPRESSION),
                            "to.headers." + name,
                            null,
                            "says that bodies are compressed, which Busbar does not do",
                            "Remove it, or set to.body to bytes, if the senders compress them",
                            "to.body")
                    // A sender's header is replaced in whatever case it is, as the event bus has no case in headers.
                    .unless(
                            names.add(name.toLowerCase(Locale.ROOT)),
                            "to.headers." + name,
                            null,
                            "differs from another header in case only",
                            "Remove one of the two");
        }
    }

    private static void pointer(Findings findings, String path, Object template, boolean has) {
        findings.unless(
                !has,
                path,
                template,
                "points into a JSON body, and to.body says that bodies are none",
                "Use headers only, e.g. {id}, or set to.body to json, or remove it",
                "to.body");
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
