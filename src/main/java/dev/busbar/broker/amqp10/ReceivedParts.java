package dev.busbar.broker.amqp10;

import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;

/**
 * Properties and body of a received message, without its address.
 *
 * @param incomplete what of the message is not carried though it ought to be, in words for a person; {@code null} if
 *     nothing
 */
record ReceivedParts(MessageProperties properties, Buffer body, String incomplete) {}
