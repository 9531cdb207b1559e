package dev.busbar.broker.amqp10;

import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;

/**
 * What was received, all but where it came from.
 *
 * @param incomplete what of it is not carried though it ought to be, in words for a person; {@code null} if nothing
 */
record ReceivedParts(MessageProperties properties, Buffer body, String incomplete) {}
