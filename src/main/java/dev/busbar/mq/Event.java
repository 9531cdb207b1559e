package dev.busbar.mq;

import dev.busbar.codec.MessageProperties;

/**
 * A message as a handler gets it.
 *
 * @param body decoded, see {@link dev.busbar.codec.PayloadCodec#decode}; shared with others, not to be changed
 * @param redelivered whether the broker, or this consumer, has tried to deliver it before
 */
public record Event(String routingKey, Object body, MessageProperties properties, boolean redelivered) {}
