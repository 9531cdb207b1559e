package dev.busbar.mq;

import dev.busbar.codec.MessageProperties;

/**
 * A message as its handler receives it.
 *
 * @param body decoded by {@link dev.busbar.codec.PayloadCodec#decode}; shared with other handlers, not to be changed
 * @param redelivered whether the broker, or this consumer, has tried to deliver it before
 */
public record Event(String routingKey, Object body, MessageProperties properties, boolean redelivered) {}
