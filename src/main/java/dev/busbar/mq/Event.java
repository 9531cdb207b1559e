package dev.busbar.mq;

import dev.busbar.codec.MessageProperties;

/**
 * Holds a message as a handler gets it.
 *
 * @param routingKey with which it was published
 * @param body decoded, as the description of {@code dev.busbar.codec} says; shared with others, not to be changed
 * @param properties those of the message
 * @param redelivered whether the broker, or this consumer, has tried to deliver it before
 */
public record Event(String routingKey, Object body, MessageProperties properties, boolean redelivered) {}
