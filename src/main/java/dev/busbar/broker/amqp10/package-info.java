/**
 * Internal: AMQP 1.0 on event loops: the transport of {@code amqp10:} and {@code amqp10s:} URIs, on vertx-proton.
 *
 * <p>AMQP 1.0 says how messages travel between nodes, and knows neither exchanges nor bindings. A {@code Dialect} knows
 * how one kind of broker shows its own as nodes, how they are declared, how a message to an exchange is addressed, and
 * what the outcomes mean. The dialect is chosen by what the broker says of itself when the connection opens, or by the
 * configuration.
 *
 * <p>Frames are read, decoded, dispatched and settled on the event loop of the context that owns the connection;
 * nothing here blocks, and no thread is made. Credit is the prefetch: the broker sends no more messages than may be
 * unsettled.
 *
 * <p>Messages are mapped by the tables in the description of {@link dev.busbar.codec}.
 *
 * <p>Imports {@code broker}, {@code config}, {@code codec} and {@code topic}.
 */
package dev.busbar.broker.amqp10;
