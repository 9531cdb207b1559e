package dev.busbar.config;

import dev.busbar.topic.TextTemplate;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The message properties that an outbound route sets, each by a template; {@code null} for those that it leaves. */
@ConfigSection(
        title = "Properties of an outbound route",
        intro = "What the route sets, the sender cannot: the header of the sender is ignored. The properties are those"
                + " of [messages.md](messages.md#properties), and a value that is empty leaves the property out.")
public record PropertiesConfig(
        @ConfigKey(
                whenAbsent = "the sender's, else by the body",
                doc = "The media type of the body, as if the sender had named it.")
        TextTemplate contentType,

        @ConfigKey(whenAbsent = NOT_SET, doc = "The charset of a text, or how a body of bytes is encoded.")
        TextTemplate contentEncoding,

        @ConfigKey(
                whenAbsent = NOT_SET,
                doc = "From 0 to 255. RabbitMQ's queues use it if they have" + " `x-max-priority`.")
        TextTemplate priority,

        @ConfigKey(
                whenAbsent = NOT_SET,
                doc = "How long the message may wait in a queue, in milliseconds, without a" + " unit, as AMQP has it.")
        TextTemplate expiration,

        @ConfigKey(whenAbsent = NOT_SET, doc = "The kind of message.")
        TextTemplate type,

        @ConfigKey(whenAbsent = NOT_SET, doc = "The application that has made the message.")
        TextTemplate appId,

        @ConfigKey(whenAbsent = NOT_SET, doc = "The user of the connection; RabbitMQ refuses any other.")
        TextTemplate userId,

        @ConfigKey(whenAbsent = "the sender's, else one that Busbar makes", doc = "What duplicates are recognised by.")
        TextTemplate messageId,

        @ConfigKey(whenAbsent = NOT_SET, doc = "What ties a reply to its request. Not with `to.reply: message`.")
        TextTemplate correlationId,

        @ConfigKey(whenAbsent = NOT_SET, doc = "The queue that expects a reply. Not with `to.reply: message`.")
        TextTemplate replyTo,

        @ConfigKey(whenAbsent = NOT_SET, doc = "When the message was made: an ISO-8601 instant.")
        TextTemplate timestamp) {

    private static final String NOT_SET = "the sender's, if any";
    /** About 49 days. RabbitMQ closes the channel over more, and AMQP 1.0 has no room for it. */
    private static final long MAX_EXPIRATION = 0xFFFF_FFFFL;

    public PropertiesConfig {
        checkIfConstant(
                "contentType",
                contentType,
                TextKind::isContentType,
                "is not a content type",
                "Write type and subtype, e.g. text/plain; charset=utf-8");
        checkIfConstant(
                "messageId",
                messageId,
                it -> false,
                "is one id for all messages, by which they would be taken for duplicates",
                "Take it from the message, e.g. {/id}, or remove it");
        checkIfConstant(
                "priority",
                priority,
                it -> it.matches("[0-9]{1,3}") && Integer.parseInt(it) <= 255,
                "is not from 0 to 255",
                "Write a whole number in that range");
        checkIfConstant(
                "expiration",
                expiration,
                it -> it.matches("[0-9]{1,18}") && Long.parseLong(it) <= MAX_EXPIRATION,
                "is not a number of milliseconds, at most " + MAX_EXPIRATION,
                "Write a whole number without a unit, e.g. 60000");
        checkIfConstant(
                "timestamp",
                timestamp,
                PropertiesConfig::isTime,
                "is not an instant",
                "Write e.g. 2014-03-01T12:00:00Z, or take it from the message: {/at}");
        RecordSection.check(
                PropertiesConfig.class,
                contentType,
                contentEncoding,
                priority,
                expiration,
                type,
                appId,
                userId,
                messageId,
                correlationId,
                replyTo,
                timestamp);
    }

    private static void checkIfConstant(
            String key, TextTemplate template, Predicate<String> good, String message, String remedy) {
        if (template != null && template.isConstant() && !template.toString().isEmpty()) {
            try {
                Types.require(good.test(template.toString()), template, message, remedy);
            } catch (InvalidConfigException refused) {
                throw refused.under(key);
            }
        }
    }

    private static boolean isTime(String text) {
        try {
            int year = OffsetDateTime.parse(text).getYear();
            return year >= 1 && year <= 9999;
        } catch (DateTimeException refused) {
            return false;
        }
    }

    /** Returns the templates by the event bus headers of their properties, without those that are not set. */
    public Map<String, TextTemplate> byHeader() {
        Map<String, TextTemplate> set = new LinkedHashMap<>();
        RecordSection.values(this).forEach((name, template) -> {
            if (template != null) {
                set.put(header(name), (TextTemplate) template);
            }
        });
        return Collections.unmodifiableMap(set);
    }

    /** {@code contentType} as {@code amqp-content-type}. */
    private static String header(String name) {
        return "amqp-" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
