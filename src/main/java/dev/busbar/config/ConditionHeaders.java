package dev.busbar.config;

import java.util.List;

/** Lists the event bus headers that stand for properties of a message. A test compares them with the codec's. */
final class ConditionHeaders {

    static final List<String> PROPERTIES = List.of(
            "amqp-routing-key",
            "amqp-exchange",
            "amqp-message-id",
            "amqp-correlation-id",
            "amqp-reply-to",
            "amqp-content-type",
            "amqp-content-encoding",
            "amqp-timestamp",
            "amqp-priority",
            "amqp-expiration",
            "amqp-type",
            "amqp-user-id",
            "amqp-app-id",
            "amqp-persistent");

    private ConditionHeaders() {}
}
