/**
 * Speaks AMQP 0-9-1 on event loops: {@link dev.busbar.broker.rabbitmq.EventLoopRabbitMQClient}, a drop-in for
 * vertx-rabbitmq-client that is usable without the bridge, and the transport of {@code amqp:} and {@code amqps:} URIs
 * built on it. Public API: {@link dev.busbar.broker.rabbitmq.EventLoopRabbitMQClient},
 * {@link dev.busbar.broker.rabbitmq.ReturnedMessage}.
 *
 * <p>The official Java client reads, parses and dispatches on the Netty event loop of the Vert.x context that owns the
 * connection; publishing and settling happen there too. Its calls that wait for an answer (connect, open a channel,
 * declare, consume) run on Vert.x's worker pool and end there.
 *
 * <p>Imports {@code broker}, {@code config}, {@code codec} and {@code topic}.
 */
package dev.busbar.broker.rabbitmq;
